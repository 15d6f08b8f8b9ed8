/**
 * The environment, parsed once by a function: every problem at once, in words that say what to do. An empty value
 * counts as absent (that is how compose files spell it). Secrets are never printed.
 */
import { z } from 'zod';

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `at least ${min}`).max(max, `at most ${max}`));

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'an http(s) address' })
  // One slash between base and path: the song API answers "//producer/…" with a web page.
  .transform((url) => url.replace(/\/+$/, ''));

const secret = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'one line without blanks');

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const period = z.enum(['day', 'week', 'month'], { error: 'day, week or month' });

const shards = z
  .string()
  .regex(/^\d+(-\d+)?\/\d+$/, 'like 0-3/8: these shards of so many')
  .transform((text) => {
    const [range = '', total = ''] = text.split('/');
    const [first = '', last = first] = range.split('-');
    return { first: Number(first), last: Number(last), total: Number(total) };
  })
  .refine(({ first, last, total }) => first <= last && last < total, 'like 0-3/8: these shards of so many');

/** One row a variable: how it is parsed, what stands in for it, and what `.env.example` says about it. */
const environmentSchema = z.object({
  DISCORD_TOKEN: secret,
  CCAPI_API_KEY: secret,
  DISCORD_API_URL: baseUrl.default('https://discord.com/api'),
  CCAPI_BASE_URL: baseUrl.default('https://api.ccapi.ai'),
  SONG_API_CATALOGUE: z.string().optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'postgres://user:password@host/database' })
    .optional(),
  DATA_DIR: z.string().default('./data'),
  MEDIA_TRUSTED_HOSTS: list.transform((hosts) => hosts.map((host) => host.toLowerCase())).default([]),
  POLL_INTERVAL_MS: whole(50, 600_000).default(5000),
  JOB_TIMEOUT_MINUTES: whole(1, 1440).default(60),
  GUILD_CREDITS: whole(0, 1_000_000_000).default(100),
  GUILD_PERIOD: period.default('month'),
  USER_CREDITS: whole(0, 1_000_000_000).default(20),
  USER_PERIOD: period.default('day'),
  MAX_JOBS_PER_USER: whole(1, 1000).default(2),
  MAX_JOBS_PER_GUILD: whole(1, 10_000).default(5),
  MAX_JOBS_TOTAL: whole(1, 100_000).default(50),
  OWNER_IDS: list.pipe(z.array(z.string().regex(/^\d{17,20}$/, 'user ids, separated by commas'))).default([]),
  OPERATOR_GUILD_IDS: list
    .pipe(z.array(z.string().regex(/^\d{17,20}$/, 'server ids, separated by commas')))
    .default([]),
  FFMPEG_PATH: z.string().optional(),
  SONG_API_UNITS_PER_USD: whole(1, 1_000_000_000_000).optional(),
  HTTP_PORT: whole(0, 65_535).default(0),
  HTTP_HOST: z.string().default('127.0.0.1'),
  SHARDS: shards.optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
});

export type Config = Readonly<z.infer<typeof environmentSchema>>;

export const environmentNames = Object.keys(environmentSchema.shape);
const secretNames: string[] = ['DISCORD_TOKEN', 'CCAPI_API_KEY', 'DATABASE_URL'];

export interface ConfigProblem {
  name: string;
  /** What was found, safe to print. */
  found: string;
  expected: string;
}

export class InvalidConfig extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`${problems.length} problem(s) in the environment`);
    this.name = 'InvalidConfig';
    this.problems = problems;
  }
}

/** Throws `InvalidConfig` with one row for every problem. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(
    environmentNames.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value.trim() === '' ? [] : [[name, value]];
    }),
  );
  const result = environmentSchema.safeParse(present);
  if (result.success) return Object.freeze(result.data);
  const problems = new Map<string, ConfigProblem>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0]);
    const value = present[name];
    if (problems.has(name)) continue;
    problems.set(name, {
      name,
      found: value === undefined ? 'missing' : secretNames.includes(name) ? '«set»' : `"${value}"`,
      expected: value === undefined ? (purposes[name] ?? 'a value') : issue.message,
    });
  }
  throw new InvalidConfig([...problems.values()]);
}

/** Said where a required variable is missing. */
const purposes: Record<string, string> = {
  DISCORD_TOKEN: "the bot's token, from the Bot page of Discord's developer portal",
  CCAPI_API_KEY: 'a key of the song API, from the token page of the CCAPI console',
};

/** The problems as one table for a terminal. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  const head = { name: 'variable', found: 'found', expected: 'needed' };
  const rows = [head, ...problems];
  const width = (column: 'name' | 'found'): number => Math.max(...rows.map((row) => row[column].length));
  const line = (row: ConfigProblem): string =>
    `  ${row.name.padEnd(width('name'))}  ${row.found.padEnd(width('found'))}  ${row.expected}`;
  return [
    line(head),
    line({ name: '-'.repeat(width('name')), found: '-'.repeat(width('found')), expected: '------' }),
  ]
    .concat(problems.map(line))
    .join('\n');
}
