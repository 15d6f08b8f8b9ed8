import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { createDiscord, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedSongApi } from '../../playground/song-api/emulated-song-api.ts';
import { createSongApi } from '../../playground/song-api/song-api.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { steps, type Step } from '../../src/domain/step.ts';
import { isAtRest, offLedger, readBooks } from '../chaos/books.ts';
import { startBot, type BotChild, type Fate } from '../chaos/bot-child.ts';
import { OneSong } from '../chaos/one-song.ts';
import { carriesAudio, isFinal, Witness } from '../chaos/witness.ts';

interface Stage {
  discord: EmulatedDiscord;
  songApi: EmulatedSongApi;
  witness: Witness;
  channel: EmulatedChannel;
  alice: Member;
  dataDir: string;
  start: (fate?: Fate) => BotChild;
}

interface Meanwhile {
  private?: boolean;
  /** Between the death and the next start. */
  happens?: (stage: Stage) => void;
  /** How much later the next one starts. */
  laterMs?: number;
  /** The first of the two shows no progress: it has never learnt its message's id. */
  silent?: boolean;
}

const prompt = 'the song that must arrive';
/** Discord's 15 minutes are over. */
const expired = 16 * 60_000;
/** Whether the song API has taken the request can't be known: it is never repeated, and costs nothing. */
const unknowable: readonly Step[] = ['started', 'answered'];

let composer: OneSong;
beforeAll(async () => {
  composer = await OneSong.compose();
});

/** These tests run side by side: each cleans up by its own context. */
type Own = Pick<TestContext, 'onTestFinished'>;

async function stage({ onTestFinished }: Own): Promise<Stage> {
  // A process needs a second or two to begin on a busy machine.
  const discord = await createDiscord({ ackDeadlineMs: 20_000 });
  const songApi = await createSongApi({ composer, songMs: [50, 100], pollerMs: 50 });
  onTestFinished(async () => void (await Promise.all([discord.stop(), songApi.stop()])));
  const account = discord.addBot();
  const dataDir = mkdtempSync(join(tmpdir(), 'minstrel-crash-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const environment = {
    DISCORD_TOKEN: account.token,
    DISCORD_API_URL: discord.apiUrl,
    CCAPI_API_KEY: songApi.key,
    CCAPI_BASE_URL: songApi.url,
    MEDIA_TRUSTED_HOSTS: songApi.mediaHost,
    DATA_DIR: dataDir,
    POLL_INTERVAL_MS: '50',
  };
  return {
    discord,
    songApi,
    witness: new Witness(discord),
    channel,
    alice: guild.member('alice').in(channel),
    dataDir,
    start(fate) {
      const bot = startBot(environment, fate);
      onTestFinished(async () => void (await bot.kill()));
      return bot;
    },
  };
}

/** One /song, a death at `step`, what happens meanwhile, a new start; ends when nothing is under way any more. */
async function diesAt(own: Own, step: Step, meanwhile: Meanwhile = {}): Promise<Stage> {
  const here = await stage(own);
  const first = here.start({ crashAt: step, progressEveryMs: meanwhile.silent ? 60_000 : undefined });
  expect(await first.ready).toBe(true);
  here.alice.fires('/song', { prompt, private: meanwhile.private ?? false });
  expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });

  meanwhile.happens?.(here);
  const laterMs = meanwhile.laterMs ?? 0;
  here.discord.advance(laterMs);
  const second = here.start({ clockOffsetMs: laterMs });
  expect(await second.ready).toBe(true);
  await rest(here);
  expect(await second.stop()).toMatchObject({ code: 0 });
  return here;
}

/** The one song has come to its end. */
async function rest({ discord, dataDir }: Stage): Promise<void> {
  await discord.until(
    'rest',
    () => {
      const books = readBooks(dataDir);
      return books.jobs.length > 0 && isAtRest(books);
    },
    20_000,
  );
}

/** What an outsider finds: one request, one card, and books that add up. */
function judge({ discord, songApi, witness, dataDir }: Stage, step: Step): void {
  const books = readBooks(dataDir);
  const cards = witness.messages(prompt).filter(isFinal);
  expect(books.jobs).toHaveLength(1);
  expect(offLedger(books)).toEqual([]);
  expect(songApi.journal.submits()).toHaveLength(step === 'started' ? 0 : 1);
  expect(cards).toHaveLength(1);
  expect(cards.filter(carriesAudio)).toHaveLength(unknowable.includes(step) ? 0 : 1);
  if (unknowable.includes(step)) expect(cards[0]?.text()).toContain('nothing was charged');
  expect(books.jobs[0]).toMatchObject({
    state: unknowable.includes(step) ? 'unconfirmed' : 'succeeded',
    hold: unknowable.includes(step) ? 'released' : 'settled',
    delivery: 'delivered',
  });
  expect(discord.violations).toEqual([]);
}

const isUnderWay = ({ witness }: Stage): boolean => witness.messages(prompt).some((card) => !isFinal(card));

describe.concurrent('a bot that dies', { timeout: 60_000 }, () => {
  it.for(steps)('at "%s" and starts again: one card, one submit, books that add up', async (step, own) => {
    const here = await diesAt(own, step);
    judge(here, step);
    // All in the first answer's place: nobody is told twice.
    expect(here.witness.messages()).toHaveLength(1);
    expect(isUnderWay(here)).toBe(false);
  });

  it.for(steps)('at "%s" and starts after the token has expired', async (step, own) => {
    const here = await diesAt(own, step, { laterMs: expired });
    judge(here, step);
    expect(isUnderWay(here)).toBe(false);
  });

  it.for([false, true])(
    'after its first answer, before anything is written down (private: %s): it hears of it again',
    async (isPrivate, own) => {
      const here = await diesAt(own, 'asked', { private: isPrivate });
      judge(here, 'asked');
      expect(here.discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
      expect(here.witness.messages()).toHaveLength(1);
    },
  );

  it('after its first answer, in a session that has come from process to process', async (own) => {
    const here = await stage(own);
    for (let lives = 0; lives < 3; lives += 1) {
      const bot = here.start();
      expect(await bot.ready).toBe(true);
      await bot.kill();
    }
    const last = here.start({ crashAt: 'asked' });
    expect(await last.ready).toBe(true);
    here.alice.fires('/song', { prompt });
    await last.ended;
    const next = here.start();
    await rest(here);
    expect(await next.stop()).toMatchObject({ code: 0 });
    judge(here, 'asked');
    expect(here.discord.gateway.identifies).toBe(1);
  });

  it("before its first answer, and begins again within Discord's patience", async (own) => {
    const here = await stage(own);
    const first = here.start();
    expect(await first.ready).toBe(true);
    const stuck = here.discord.faults.add(({ path }) => path.endsWith('/callback'), { kind: 'hang' }, 100);
    const { acknowledged } = here.alice.fires('/song', { prompt });
    await here.discord.until('the first answer is on its way', () =>
      here.discord.journal.all().some(({ path }) => path.endsWith('/callback')),
    );
    await first.kill();
    stuck();
    const second = here.start();
    await acknowledged;
    await rest(here);
    expect(await second.stop()).toMatchObject({ code: 0 });
    judge(here, 'held');
    expect(here.discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  it.for(['fetched', 'posted'] as const)(
    'at "%s" without ever having learnt its message, and starts after the token has expired',
    async (step, own) => {
      const here = await diesAt(own, step, { laterMs: expired, silent: true });
      judge(here, step);
    },
  );

  it.for(steps)('at "%s" with a private song', async (step, own) => {
    const here = await diesAt(own, step, { private: true });
    judge(here, step);
    expect(here.witness.messages()).toMatchObject([{ ephemeralFor: here.alice.id }]);
  });

  it.for(['held', 'answered', 'accepted', 'fetched'] as const)(
    'at "%s" with a private song whose token expires: it comes as a direct message',
    async (step, own) => {
      const here = await diesAt(own, step, { private: true, laterMs: expired });
      judge(here, step);
      expect(here.discord.dm(here.alice).cards().filter(isFinal)).toHaveLength(1);
    },
  );

  it.for(['held', 'answered', 'succeeded', 'posted'] as const)(
    'at "%s" while its message is deleted: a new one comes',
    async (step, own) => {
      const here = await diesAt(own, step, {
        happens: ({ channel }) => channel.cards().forEach((card) => card.delete()),
      });
      judge(here, step);
      expect(here.channel.cards()).toHaveLength(1);
    },
  );

  it.for(['held', 'answered', 'succeeded', 'posted'] as const)(
    'at "%s" while its channel is deleted: it comes as a direct message',
    async (step, own) => {
      const here = await diesAt(own, step, {
        happens: ({ channel }) => {
          channel.cards().forEach((card) => card.delete());
          channel.delete();
        },
      });
      judge(here, step);
      expect(here.discord.dm(here.alice).cards()).toHaveLength(1);
    },
  );
});
