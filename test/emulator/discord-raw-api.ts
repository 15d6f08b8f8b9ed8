import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { BotAccount, EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { OfferedFile } from '../../playground/discord/people/resolved-data.ts';

/** The commands of the bots in these tests. */
export const COMMANDS = [
  {
    name: 'song',
    description: 'Make a song',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'prompt',
        description: 'About',
        required: true,
        max_length: 100,
      },
      { type: ApplicationCommandOptionType.String, name: 'style', description: 'How', autocomplete: true },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'takes',
        description: 'How many',
        min_value: 1,
        max_value: 4,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'engine',
        description: 'Which',
        choices: [{ name: 'Suno', value: 'suno' }],
      },
      { type: ApplicationCommandOptionType.Attachment, name: 'file', description: 'Audio' },
    ],
  },
  {
    name: 'quota',
    description: 'Credits',
    default_member_permissions: '32',
    options: [
      {
        type: ApplicationCommandOptionType.SubcommandGroup,
        name: 'user',
        description: 'Of a member',
        options: [
          {
            type: ApplicationCommandOptionType.Subcommand,
            name: 'grant',
            description: 'Give',
            options: [
              {
                type: ApplicationCommandOptionType.User,
                name: 'member',
                description: 'Whom',
                required: true,
              },
              {
                type: ApplicationCommandOptionType.Integer,
                name: 'credits',
                description: 'How much',
                required: true,
              },
              { type: ApplicationCommandOptionType.Role, name: 'role', description: 'Role' },
              { type: ApplicationCommandOptionType.Channel, name: 'channel', description: 'Channel' },
            ],
          },
        ],
      },
    ],
  },
  { name: 'Cover this', type: 3 },
  { name: 'Their songs', type: 2 },
];

export interface Answered {
  status: number;
  headers: Headers;
  /** The parsed body, to be looked into as a test likes. */
  body: Record<string, unknown> & { code?: number; id?: string; errors?: unknown };
}

/** Requests without a library in between, so that a test can send what no library would. */
export class RawApi {
  readonly #discord: EmulatedDiscord;
  readonly #headers: Record<string, string>;

  constructor(discord: EmulatedDiscord, bot?: BotAccount) {
    this.#discord = discord;
    this.#headers = {
      'User-Agent': 'DiscordBot (https://minstrel.example, 1.0)',
      ...(bot === undefined ? {} : { Authorization: `Bot ${bot.token}` }),
    };
  }

  async call(method: string, path: string, body?: unknown, files?: OfferedFile[]): Promise<Answered> {
    const type: Record<string, string> =
      body === undefined || files !== undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(`${this.#discord.apiUrl}/v10${path}`, {
      method,
      headers: { ...this.#headers, ...type },
      body: files === undefined ? (JSON.stringify(body) ?? null) : multipart(body, files),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed as Answered['body'] };
  }

  async register(bot: BotAccount, commands: unknown[] = COMMANDS): Promise<Answered> {
    return this.call('PUT', `/applications/${bot.applicationId}/commands`, commands);
  }
}

function multipart(body: unknown, files: OfferedFile[]): FormData {
  const form = new FormData();
  if (body !== undefined) form.set('payload_json', JSON.stringify(body));
  for (const [index, file] of files.entries()) {
    const blob = new Blob([new Uint8Array(file.bytes)], { type: file.contentType ?? '' });
    form.set(`files[${index}]`, blob, file.name);
  }
  return form;
}
