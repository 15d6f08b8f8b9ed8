import { describe, expect, it } from 'vitest';
import type { Rig } from '../../playground/rig.ts';
import type { FaultAct } from '../../playground/faults.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { audioOf, cardSaying, songIn } from '../support/cards.ts';
import { mainProcess, type MainProcess } from '../support/main-process.ts';
import { quickRig } from '../support/quick-rig.ts';
import { shakyLine } from '../support/shaky-line.ts';
import { storedJobs } from '../support/stored-jobs.ts';
import { tempDir } from '../support/temp-dir.ts';

interface Scene {
  rig: Rig;
  channel: EmulatedChannel;
  alice: Member;
}

const isUpload = ({ path }: { path: string }): boolean => /^\/webhooks\/.*\/@original$/.test(path);
/** The promise is 8 s; the rest is for a busy machine to notice. */
const deadlineMs = 8_000 + 1_000;

/** The emulators alone: the rig's own bot is gone. Songs end when the song API is told to finish them. */
async function scene(songMs = 36_000_000): Promise<Scene> {
  // A process needs a second or two to begin on a busy machine.
  const rig = await quickRig({ discord: { ackDeadlineMs: 20_000 }, songApi: { songMs: [songMs, songMs] } });
  await rig.app.stop();
  rig.environment['DATA_DIR'] = tempDir();
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  return { rig, channel, alice: guild.member('alice').in(channel) };
}

async function started(rig: Rig): Promise<MainProcess> {
  const bot = mainProcess(rig.environment);
  await rig.discord.until('the bot', () => bot.said().includes('Minstrel is ready'), 30_000);
  return bot;
}

/** A song is done, and its upload meets this; resolves once it is under way. */
async function uploading({ rig, channel, alice }: Scene, act: FaultAct): Promise<() => void> {
  const { discord, songApi } = rig;
  await alice.runs('/song', { prompt: 'on its way' });
  await cardSaying(discord, channel, 'Composing');
  await discord.until('it is composed', () => [...songApi.tasks.values()].every(({ job }) => job.ready));
  let taken = 0;
  const over = discord.faults.add((line) => isUpload(line) && (taken += 1) > 0, act, Infinity);
  songApi.finishAll();
  await discord.until('the upload is under way', () => taken > 0);
  return over;
}

async function expectOnce({ rig, channel }: Scene): Promise<void> {
  await rig.discord.until('it is written down', () => storedJobs(rig)[0]?.delivery === 'delivered');
  expect(channel.cards()).toHaveLength(1);
  expect(audioOf(await songIn(rig.discord, channel))).toHaveLength(1);
  expect(rig.songApi.journal.submits()).toHaveLength(1);
  expect(rig.discord.violations).toEqual([]);
}

describe('a process that is told to stop', { timeout: 60_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s while nothing happens, ends with 0', async (name) => {
    const { rig } = await scene();
    const bot = await started(rig);
    bot.signal(name);
    const { code, afterMs } = await bot.ended;
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(deadlineMs);
    expect(bot.said()).toContain('Minstrel has stopped');
  });

  it('while a song is made, leaves it and what is asked meanwhile to the next one', async () => {
    const here = await scene();
    const { rig, channel, alice } = here;
    const bot = await started(rig);
    await alice.runs('/song', { prompt: 'made while nobody is there' });
    await cardSaying(rig.discord, channel, 'Composing');
    bot.signal('SIGTERM');
    await rig.discord.until('it hears nothing any more', () => rig.discord.gateway.connections() === 0);
    const meanwhile = alice.fires('/jobs');
    const { code, afterMs } = await bot.ended;
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(deadlineMs);
    rig.songApi.finishAll();
    await started(rig);
    await meanwhile.acknowledged;
    await rig.discord.until('the list', () => meanwhile.text().includes('made while nobody is there'));
    await rig.discord.until('it is written down', () => storedJobs(rig)[0]?.delivery === 'delivered');
    expect(channel.cards().filter((card) => audioOf(card).length > 0)).toHaveLength(1);
    expect(rig.songApi.journal.submits()).toHaveLength(1);
  });

  it('while an upload is under way, finishes it, and the next process has nothing left to do', async () => {
    const here = await scene();
    const bot = await started(here.rig);
    const over = await uploading(here, { kind: 'delay', ms: 2_000 });
    bot.signal('SIGTERM');
    const { code, afterMs } = await bot.ended;
    over();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(deadlineMs);
    await expectOnce(here);
    const uploads = (): number => here.rig.discord.journal.count(({ files }) => files.length > 0);
    const before = uploads();
    const next = await started(here.rig);
    await (await here.alice.runs('/jobs')).settled();
    next.signal('SIGTERM');
    expect((await next.ended).code).toBe(0);
    expect(uploads()).toBe(before);
    await expectOnce(here);
  });

  it('while an upload gets no answer, ends in time all the same, and the next process delivers once', async () => {
    const here = await scene();
    const bot = await started(here.rig);
    const over = await uploading(here, { kind: 'hang' });
    bot.signal('SIGTERM');
    const { code, afterMs } = await bot.ended;
    over();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(deadlineMs);
    expect(storedJobs(here.rig)).toMatchObject([{ state: 'succeeded', delivery: 'pending' }]);
    await started(here.rig);
    await expectOnce(here);
  });

  it('twice, leaves at once, and loses nothing by it', async () => {
    const here = await scene();
    const bot = await started(here.rig);
    const over = await uploading(here, { kind: 'hang' });
    bot.signal('SIGTERM');
    await here.rig.discord.until('it is stopping', () => here.rig.discord.gateway.connections() === 0);
    bot.signal('SIGTERM');
    const { code, afterMs } = await bot.ended;
    over();
    expect(code).toBe(130);
    expect(afterMs).toBeLessThan(2_000);
    await started(here.rig);
    await expectOnce(here);
  });
});

describe('a start', { timeout: 60_000 }, () => {
  it('of npm without a token prints what is missing and ends with 1', async () => {
    const bot = mainProcess({}, ['npm', 'start']);
    const { code } = await bot.ended;
    expect(code).toBe(1);
    expect(bot.said()).toMatch(/variable\s+found\s+needed/);
    expect(bot.said()).toMatch(/DISCORD_TOKEN\s+missing\s+\S/);
    expect(bot.said()).toMatch(/CCAPI_API_KEY\s+missing\s+\S/);
    expect(bot.said()).not.toMatch(/\n\s+at /);
  });

  it('while Discord refuses connections ends with 1 and loses nothing: the next one delivers', async () => {
    const here = await scene();
    const { rig, channel, alice } = here;
    const first = await started(rig);
    await alice.runs('/song', { prompt: 'patience' });
    await cardSaying(rig.discord, channel, 'Composing');
    first.signal('SIGTERM');
    expect((await first.ended).code).toBe(0);
    rig.songApi.finishAll();

    const line = await shakyLine(rig.discord.port);
    await line.cut();
    const second = mainProcess({ ...rig.environment, DISCORD_API_URL: `http://${line.host}/api` });
    expect((await second.ended).code).toBe(1);
    expect(second.said()).toContain('Minstrel could not start');
    await started(rig);
    await expectOnce(here);
  });
});
