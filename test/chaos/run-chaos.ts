/** One run: the real bot between both emulators, a plan of trouble, then calm, rest, and an outside judge. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiscord, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { JournalRow } from '../../playground/discord/rest/journal.ts';
import { eventually } from '../../playground/eventually.ts';
import type { EmulatedSongApi } from '../../playground/song-api/emulated-song-api.ts';
import { createSongApi } from '../../playground/song-api/song-api.ts';
import { isAtRest, offLedger, readBooks } from './books.ts';
import { ask } from './ask.ts';
import { startBot } from './bot-child.ts';
import { judge, judgeBooks, type Evidence, type Verdict } from './judge.ts';
import { keepAlive } from './keep-alive.ts';
import { OneSong } from './one-song.ts';
import { Pace } from './pace.ts';
import { makePlan, place, type Plan } from './plan.ts';
import { story } from './story.ts';
import type { Outcome } from './summary.ts';
import { Weather } from './weather.ts';
import { Witness } from './witness.ts';

export interface ChaosOptions {
  seed: number;
  /** How long the bad weather lasts. */
  durationMs: number;
  jobs: number;
  /** Stories to tell of songs that came to this, though nothing is wrong with it. */
  tell?: string | undefined;
}

export interface ChaosResult {
  outcome: Outcome;
  told: string[];
  /** What must never happen, each with its story. */
  breaches: string[];
}

/** A generous while for queues, outboxes and back-offs of minutes to run dry. */
const restWithinMs = 8 * 60_000;

const settledMs = 2_000;

export async function runChaos({ seed, durationMs, jobs, tell }: ChaosOptions): Promise<ChaosResult> {
  const plan = makePlan(seed, durationMs, jobs);
  const composer = await OneSong.compose();
  const started = performance.now();
  const discord = await createDiscord({ ackDeadlineMs: 8_000 });
  const songApi = await createSongApi({
    composer,
    seed,
    songMs: [200, 1_500],
    pollerMs: 100,
    enabled: 'all',
    serveUploads: true,
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'minstrel-chaos-'));
  try {
    return await play(plan, discord, songApi, { dataDir, started, tell, file: composer.unmarked });
  } finally {
    await Promise.all([discord.stop(), songApi.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function play(
  plan: Plan,
  discord: EmulatedDiscord,
  songApi: EmulatedSongApi,
  {
    dataDir,
    started,
    tell,
    file,
  }: { dataDir: string; started: number; tell: string | undefined; file: Buffer },
): Promise<ChaosResult> {
  const account = discord.addBot();
  const members = settle(discord);
  const witness = new Witness(discord);
  const weather = new Weather(discord, songApi, witness);
  const environment = {
    DISCORD_TOKEN: account.token,
    DISCORD_API_URL: discord.apiUrl,
    CCAPI_API_KEY: songApi.key,
    CCAPI_BASE_URL: songApi.url,
    MEDIA_TRUSTED_HOSTS: `${songApi.mediaHost},${new URL(discord.apiUrl).host}`,
    DATA_DIR: dataDir,
    POLL_INTERVAL_MS: '100',
    JOB_TIMEOUT_MINUTES: '1440',
    GUILD_CREDITS: '1000000',
    USER_CREDITS: '1000000',
    MAX_JOBS_PER_USER: '3',
    MAX_JOBS_PER_GUILD: '8',
    MAX_JOBS_TOTAL: '24',
  };
  const log: string[] = [];
  const hear = (line: string): void => void log.push(line);
  const over = new AbortController();
  const pace = new Pace();
  const opening = Promise.withResolvers<void>();
  const keeping = keepAlive({
    environment,
    lives: plan.lives,
    pace,
    hear,
    passes: (ms) => discord.advance(ms),
    open: opening.resolve,
    signal: over.signal,
  });
  // Discord's own journal forgets.
  const rows: JournalRow[] = [];
  const keepRows = (): void => {
    rows.push(...discord.journal.all());
    discord.journal.clear();
  };

  await Promise.race([opening.promise, keeping]);
  const asked = new Map<string, Invocation>();
  const asking: Promise<void>[] = [];
  pace.begin();
  for (const event of plan.events) {
    await pace.reaches(event.at);
    if (event.is !== 'song') weather.begin(event);
    else {
      const member = members[event.guild]![event.member]!;
      const fits = file.length <= discord.uploadLimitBytes ? file : undefined;
      asking.push(ask(event, member, fits, (invocation) => asked.set(event.marker, invocation)));
    }
    keepRows();
  }
  await pace.reaches(plan.durationMs);
  over.abort();
  const deaths = await keeping;
  weather.clear();

  const last = startBot(environment, { clockOffsetMs: deaths.offsetMs }, hear);
  if (!(await last.ready)) throw new Error(`the bot does not start again:\n${log.slice(-20).join('\n')}`);
  const isDecided = ({ interaction }: Invocation): boolean =>
    interaction.answer !== undefined || interaction.failed;
  await Promise.all(asking);
  let quietSince = Infinity;
  const unrest = await eventually(
    'rest',
    () => {
      keepRows();
      const isQuiet = [...asked.values()].every(isDecided) && isAtRest(readBooks(dataDir));
      quietSince = isQuiet ? Math.min(quietSince, performance.now()) : Infinity;
      // What Discord repeats for this last life is written down by then.
      return performance.now() - quietSince > settledMs;
    },
    { timeoutMs: restWithinMs, everyMs: 250 },
  ).then(
    () => [],
    () => ['no rest: something is still under way'],
  );
  const end = await last.stop();
  keepRows();

  const books = readBooks(dataDir);
  const evidence = [...asked].map(([marker, invocation]): Evidence => ({
    marker,
    invocation,
    row: books.jobs.find((job) => job.interaction_id === invocation.id),
    submits: songApi.journal.submits().filter(({ body }) => JSON.stringify(body).includes(marker)),
    tasks: [...songApi.tasks.values()].filter(({ body }) => JSON.stringify(body).includes(marker)),
    messages: witness.messages(marker),
  }));
  const judged = evidence.map((one) => ({ one, verdict: judge(one) }));
  const records = { discord: rows, songApi: songApi.journal.all(), log };
  const offBalance = offLedger(books);
  const left = await readdir(join(dataDir, 'media')).catch((): string[] => []);
  return {
    outcome: {
      seed: plan.seed,
      seconds: (performance.now() - started) / 1_000,
      songApi: {
        submits: songApi.journal.submits().length,
        tasks: songApi.tasks.size,
        unconfirmedTasks: evidence.filter(
          ({ row, tasks }) => row?.state === 'unconfirmed' && tasks.length > 0,
        ).length,
      },
      verdicts: judged.map(({ verdict }) => verdict),
      deaths,
      struck: weather.struck,
      offLedger: offBalance.length,
      errorLines: log.filter((line) => line.includes('"level":"error"')).length,
    },
    told: judged.flatMap(({ one, verdict }) => (isTold(verdict, tell) ? story(one, records) : [])),
    breaches: [
      ...unrest,
      ...(end.code === 0 ? [] : [`the last stop was not clean: ${JSON.stringify(end)}`]),
      ...deaths.unclean.map((how) => `a stop was not clean: ${how}`),
      ...judgeBooks(books),
      ...offBalance.map((what) => `ledger: ${what}`),
      ...discord.violations.map((violation) => `Discord: ${JSON.stringify(violation)}`),
      ...left.map((name) => {
        const one = evidence.find(({ row }) => row?.id === name);
        return `files were left behind: ${name}\n${one === undefined ? '' : story(one, records)}`;
      }),
      ...judged.flatMap(({ one, verdict }) =>
        verdict.breach === undefined ? [] : [`${one.marker} ${verdict.breach}\n${story(one, records)}`],
      ),
    ],
  };
}

const isTold = ({ fate, again }: Verdict, tell: string | undefined): boolean =>
  fate === tell || (again && tell === 'also told directly');

/** Members by guild. */
function settle(discord: EmulatedDiscord): Member[][] {
  return Array.from({ length: place.guilds }, (_, guildIndex) => {
    const guild = discord.guild(`Guild ${guildIndex}`);
    const channel = guild.channel('songs');
    return Array.from({ length: place.membersEach }, (_, index) =>
      guild.member(`member ${guildIndex}.${index}`).in(channel),
    );
  });
}
