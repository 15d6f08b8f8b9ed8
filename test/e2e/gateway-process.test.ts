import { describe, expect, it } from 'vitest';
import type { EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Rig } from '../../playground/rig.ts';
import { botProcess, type BotProcess } from '../support/bot-process.ts';
import { songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';
import { storedSession } from '../support/stored-session.ts';
import { tempDir } from '../support/temp-dir.ts';

/** The emulators alone: the rig's own bot is gone, and nothing is stored for the next one. */
async function withoutBot(): Promise<Rig> {
  // A process needs a second or two to begin on a busy machine.
  const rig = await quickRig({ discord: { ackDeadlineMs: 20_000 } });
  await rig.app.stop();
  rig.environment['DATA_DIR'] = tempDir();
  return rig;
}

async function started(rig: Rig): Promise<BotProcess> {
  const bot = botProcess({ ...rig.environment, POLL_INTERVAL_MS: '100' });
  await rig.discord.until('the bot', () => bot.said().includes('ready\n'), 30_000);
  return bot;
}

function closeCodes(discord: EmulatedDiscord): Array<number | undefined> {
  const codes: Array<number | undefined> = [];
  discord.events.on('gateway', ({ what, code }) => void (what === 'closed' && codes.push(code)));
  return codes;
}

describe('a process', () => {
  it('ends by itself after a stop, without a goodbye, and the next one resumes', async () => {
    const rig = await withoutBot();
    const { discord } = rig;
    const { identifies, resumes } = discord.gateway;
    const channel = discord.guild('Garden').channel('songs');
    const alice = discord.guilds[0]!.member('alice').in(channel);
    const codes = closeCodes(discord);
    const first = await started(rig);
    expect(await first.stop()).toBe(0);
    expect(first.said()).toContain('stopped\n');
    expect(codes).toEqual([4_200]);

    const invocation = alice.fires('/song', { prompt: 'while you were out' });
    const second = await started(rig);
    await invocation.acknowledged;
    await songIn(discord, channel);
    expect(discord.gateway).toMatchObject({ identifies: identifies + 1, resumes: resumes + 1 });
    expect(await second.stop()).toBe(0);
  });

  it('that was killed leaves a session, too, and nothing that it answered is answered twice', async () => {
    const rig = await withoutBot();
    const { discord, songApi } = rig;
    const { identifies, resumes } = discord.gateway;
    const channel = discord.guild('Garden').channel('songs');
    const alice = discord.guilds[0]!.member('alice').in(channel);
    const first = await started(rig);
    await alice.runs('/song', { prompt: 'one' });
    await storedSession(rig);
    await first.kill();

    const invocation = alice.fires('/song', { prompt: 'two' });
    const second = await started(rig);
    await invocation.acknowledged;
    await discord.until('both songs', () => channel.cards().filter((card) => !card.isLoading).length === 2);
    expect(songApi.journal.submits()).toHaveLength(2);
    expect(discord.gateway).toMatchObject({ identifies: identifies + 1, resumes: resumes + 1 });
    expect(second.said()).not.toContain('"level":"error"');
  });

  it('that stops while the gateway is away does not come back', async () => {
    const rig = await withoutBot();
    const { discord } = rig;
    const bot = await started(rig);
    const { identifies, resumes } = discord.gateway;
    discord.gateway.hold(true);
    discord.gateway.dropSockets();
    await discord.until('a vain attempt', () => bot.said().includes('a gateway connection failed'));
    const stopped = bot.stop();
    await discord.until('the stop', () => bot.said().includes('stopped\n'));
    discord.gateway.hold(false);
    expect(await stopped).toBe(0);
    expect(discord.gateway).toMatchObject({ identifies, resumes });
  });
});
