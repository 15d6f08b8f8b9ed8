import { describe, expect, it } from 'vitest';
import { createDiscord } from '../../playground/discord/discord.ts';
import { startClient } from './discord-client.ts';
import { RawApi } from './discord-raw-api.ts';

// What makes discord.js wait for five seconds or more; side by side, so that it takes no longer than that.

describe.concurrent('discord.js', () => {
  it('waits for a rate limit instead of running into it', async ({ onTestFinished }) => {
    const discord = await createDiscord();
    onTestFinished(() => discord.stop());
    const bot = discord.addBot();
    const alice = discord.guild('Home').member('Alice');
    await new RawApi(discord, bot).register(bot);
    const client = await startClient(discord, bot, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      for (let i = 1; i <= 6; i += 1) await interaction.editReply(`${i}`);
    });
    onTestFinished(() => client.destroy());

    const invocation = await alice.runs('/song', { prompt: 'x' });
    await discord.until('the sixth edit', () => invocation.text() === '6');
    expect(discord.rateLimited).toBe(0);
    const edits = discord.journal.all().filter(({ method }) => method === 'PATCH');
    expect(edits.at(-1)!.at - edits[0]!.at).toBeGreaterThan(4_500);
  });

  it('identifies anew when its session is gone', async ({ onTestFinished }) => {
    const discord = await createDiscord();
    onTestFinished(() => discord.stop());
    const bot = discord.addBot();
    const alice = discord.guild('Home').member('Alice');
    await new RawApi(discord, bot).register(bot);
    const client = await startClient(discord, bot, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('here');
    });
    onTestFinished(() => client.destroy());

    discord.gateway.invalidate(false);
    await discord.until('a new session', () => discord.gateway.identifies === 2);
    expect((await alice.runs('/song', { prompt: 'x' })).text()).toBe('here');
  });
});
