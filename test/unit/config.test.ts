import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  describeProblems,
  environmentNames,
  InvalidConfig,
  loadConfig,
  type ConfigProblem,
} from '../../src/config.ts';

const required = { DISCORD_TOKEN: 'discord-token', CCAPI_API_KEY: 'sk-song-api-key' };

function problemsOf(environment: Record<string, string | undefined>): readonly ConfigProblem[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
  return [];
}
const namesOf = (environment: Record<string, string | undefined>): string[] =>
  problemsOf(environment).map(({ name }) => name);

describe('the environment', () => {
  it('needs two values and has a default for everything else', () => {
    expect(loadConfig(required)).toEqual({
      ...required,
      DISCORD_API_URL: 'https://discord.com/api',
      CCAPI_BASE_URL: 'https://api.ccapi.ai',
      DATA_DIR: './data',
      MEDIA_TRUSTED_HOSTS: [],
      POLL_INTERVAL_MS: 5000,
      JOB_TIMEOUT_MINUTES: 60,
      GUILD_CREDITS: 100,
      GUILD_PERIOD: 'month',
      USER_CREDITS: 20,
      USER_PERIOD: 'day',
      MAX_JOBS_PER_USER: 2,
      MAX_JOBS_PER_GUILD: 5,
      MAX_JOBS_TOTAL: 50,
      OWNER_IDS: [],
      OPERATOR_GUILD_IDS: [],
      HTTP_PORT: 0,
      HTTP_HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
    });
  });

  it('counts an empty or blank value as absent', () => {
    const empty = Object.fromEntries(environmentNames.map((name) => [name, '  ']));
    expect(loadConfig({ ...empty, ...required })).toEqual(loadConfig(required));
    expect(namesOf({ ...required, DISCORD_TOKEN: '' })).toEqual(['DISCORD_TOKEN']);
  });

  it('ignores variables that are not its own', () => {
    expect(loadConfig({ ...required, PATH: '/bin', DISCORD: 'x' })).toEqual(loadConfig(required));
  });

  it('tells every problem at once, one row a variable', () => {
    const environment = {
      CCAPI_BASE_URL: 'ftp://x',
      POLL_INTERVAL_MS: '49',
      OWNER_IDS: 'me,you',
      SHARDS: '4',
      GUILD_PERIOD: 'year',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
    };
    expect(namesOf(environment).toSorted()).toEqual(
      ['CCAPI_API_KEY', 'DISCORD_TOKEN', ...Object.keys(environment)].toSorted(),
    );
  });

  it('says of each problem what was found and what is needed', () => {
    const table = describeProblems(problemsOf({ ...required, POLL_INTERVAL_MS: 'soon', DISCORD_TOKEN: '' }));
    expect(table).toMatch(/POLL_INTERVAL_MS +"soon" +a whole number from 50 to 600000/);
    expect(table).toMatch(/DISCORD_TOKEN +missing +the bot's token/);
  });

  it('puts one slash, its own, between base and path', () => {
    expect(loadConfig({ ...required, CCAPI_BASE_URL: 'https://x.example//' }).CCAPI_BASE_URL).toBe(
      'https://x.example',
    );
  });

  it('reads lists with blanks and stray commas', () => {
    const config = loadConfig({
      ...required,
      MEDIA_TRUSTED_HOSTS: ' localhost:8080, ,media.example,',
      OWNER_IDS: '100000000000000001',
    });
    expect(config.MEDIA_TRUSTED_HOSTS).toEqual(['localhost:8080', 'media.example']);
    expect(config.OWNER_IDS).toEqual(['100000000000000001']);
  });

  it('understands a trusted host however it is spelt', () => {
    const config = loadConfig({ ...required, MEDIA_TRUSTED_HOSTS: 'Media.Example:8080' });
    expect(config.MEDIA_TRUSTED_HOSTS).toEqual(['media.example:8080']);
  });

  it('cannot be changed once it is read', () => {
    expect(Object.isFrozen(loadConfig(required))).toBe(true);
  });
});

describe('a range', () => {
  it.each([
    ['POLL_INTERVAL_MS', '50', '600000'],
    ['JOB_TIMEOUT_MINUTES', '1', '1440'],
    ['MAX_JOBS_PER_USER', '1', '1000'],
    ['HTTP_PORT', '0', '65535'],
    ['GUILD_CREDITS', '0', '1000000000'],
  ])('of %s includes its ends and nothing beyond', (name, low, high) => {
    expect(namesOf({ ...required, [name]: low })).toEqual([]);
    expect(namesOf({ ...required, [name]: high })).toEqual([]);
    expect(namesOf({ ...required, [name]: String(Number(low) - 1) })).toEqual([name]);
    expect(namesOf({ ...required, [name]: String(Number(high) + 1) })).toEqual([name]);
  });

  it.each(['1.5', '1e3', '0x10', ' 5 5 ', 'NaN', '9'.repeat(400)])('has no room for %j', (value) => {
    expect(namesOf({ ...required, MAX_JOBS_TOTAL: value })).toEqual(['MAX_JOBS_TOTAL']);
  });

  it.each([
    ['0-3/8', { first: 0, last: 3, total: 8 }],
    ['7/8', { first: 7, last: 7, total: 8 }],
    ['0/1', { first: 0, last: 0, total: 1 }],
  ])('of shards is read: %s', (text, shards) => {
    expect(loadConfig({ ...required, SHARDS: text }).SHARDS).toEqual(shards);
  });

  it.each(['3', '0-8/8', '5-3/8', '0/0', '-1/8', '0-3/8/2'])('of shards is refused: %s', (text) => {
    expect(namesOf({ ...required, SHARDS: text })).toEqual(['SHARDS']);
  });
});

describe('a secret', () => {
  it('may have blanks around it, as copied text has', () => {
    expect(loadConfig({ ...required, DISCORD_TOKEN: ' abc\n' }).DISCORD_TOKEN).toBe('abc');
  });

  it('is refused when it could not be a header', () => {
    expect(namesOf({ ...required, CCAPI_API_KEY: 'a b' })).toEqual(['CCAPI_API_KEY']);
    expect(namesOf({ ...required, CCAPI_API_KEY: 'a\nb' })).toEqual(['CCAPI_API_KEY']);
  });

  it('never stands in the table of problems, right or wrong', () => {
    const secret = fc.string({ minLength: 12, maxLength: 40 }).filter((text) => /[^\s-]{9}/.test(text));
    fc.assert(
      fc.property(secret, secret, secret, (token, key, database) => {
        const environment = {
          DISCORD_TOKEN: token,
          CCAPI_API_KEY: key,
          DATABASE_URL: database,
          LOG_LEVEL: 'loud',
        };
        const printed = describeProblems(problemsOf(environment));
        for (const text of [token, key, database]) expect(printed).not.toContain(text.trim());
      }),
    );
  });

  it('of a database address stays unprinted when the address is wrong', () => {
    const printed = describeProblems(problemsOf({ ...required, DATABASE_URL: 'mysql://me:hunter2@db/x' }));
    expect(printed).toContain('DATABASE_URL');
    expect(printed).not.toContain('hunter2');
  });
});

const exampleFile = new URL('../../.env.example', import.meta.url);

describe('.env.example', () => {
  const lines = existsSync(exampleFile) ? readFileSync(exampleFile, 'utf8').split('\n') : [];
  const written = new Map(
    lines.flatMap((line) => {
      const match = /^#?\s?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', (match[2] ?? '').trim()] as const];
    }),
  );

  it('names every variable and no other', ({ skip }) => {
    skip(!existsSync(exampleFile), '.env.example is not in the repository yet');
    expect([...written.keys()].toSorted()).toEqual(environmentNames.toSorted());
  });

  it('gives the defaults that the code gives', ({ skip }) => {
    skip(!existsSync(exampleFile), '.env.example is not in the repository yet');
    expect(loadConfig({ ...Object.fromEntries(written), ...required })).toEqual(loadConfig(required));
    const defaults = Object.entries(loadConfig(required)).flatMap(([name, value]) =>
      typeof value === 'object' || name in required ? [] : [[name, String(value)]],
    );
    expect(Object.fromEntries(written)).toMatchObject(Object.fromEntries(defaults));
  });
});
