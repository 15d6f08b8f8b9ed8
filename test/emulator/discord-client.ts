import { Client, type Interaction } from 'discord.js';
import type { BotAccount, EmulatedDiscord } from '../../playground/discord/discord.ts';

type ClientOptions = ConstructorParameters<typeof Client>[0];

/** The real discord.js, logged in. `answer` handles interactions. */
export async function startClient(
  discord: EmulatedDiscord,
  bot: BotAccount,
  answer: (interaction: Interaction) => Promise<unknown> = async () => undefined,
  options: Partial<ClientOptions> = {},
): Promise<Client> {
  const client = new Client({ intents: [], ...options, rest: restOptions(discord) });
  client.on('interactionCreate', (interaction) => void answer(interaction));
  const { promise, resolve } = Promise.withResolvers<void>();
  client.once('clientReady', () => resolve());
  await client.login(bot.token);
  await promise;
  return client;
}

/** Another undici in the process breaks discord.js's uploads, hence Node's own fetch. */
function restOptions(discord: EmulatedDiscord): NonNullable<ClientOptions['rest']> {
  return {
    api: discord.apiUrl,
    makeRequest: (url, { dispatcher: _unused, ...init }) => fetch(url, init as RequestInit),
  };
}
