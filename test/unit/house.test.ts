import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenRules, importsOf, type Sources } from '../support/house-rules.ts';

const src = new URL('../../src/', import.meta.url).pathname;

const house: Sources = Object.fromEntries(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(src, path), 'utf8')]),
);

/** What is wrong with the house when these files are changed or added, beyond what is wrong already. */
function after(changes: Sources): string[] {
  const before = new Set(brokenRules(house));
  return brokenRules({ ...house, ...changes }).filter((problem) => !before.has(problem));
}
/** A file with one line more. */
const plus = (path: string, line: string): Sources => ({ [path]: `${house[path] ?? ''}\n${line}\n` });

describe('the house', () => {
  it('keeps its rules', () => {
    expect(brokenRules(house)).toEqual([]);
  });

  it('has been read', () => {
    expect(Object.keys(house)).toEqual(expect.arrayContaining(['main.ts', 'domain/job.ts']));
    expect(house['main.ts']).toContain('process');
    expect(importsOf(house['app.ts'] ?? '').length).toBeGreaterThan(20);
  });
});

describe('the reader', () => {
  it.each([
    ["import { a } from './a.ts';"],
    ["import type { A } from './a.ts';"],
    ["import a, { type B } from './a.ts';"],
    ["import * as a from './a.ts';"],
    ["import {\n  a,\n  b,\n} from './a.ts';"],
    ["export { a } from './a.ts';"],
    ["export * from './a.ts';"],
    ["export type { A } from './a.ts';"],
    ["import './a.ts';"],
    ["const a = await import('./a.ts');"],
    ["let a: import('./a.ts').A;"],
    ["const a = require('./a.ts');"],
    ['import { a } from "./a.ts";'],
  ])('sees %s', (source) => {
    expect(importsOf(source)).toEqual(['./a.ts']);
  });

  it('sees every one of several', () => {
    expect(
      importsOf("import a from 'a';\nimport { b } from './b.ts';\nexport const c = 'from d';\n"),
    ).toEqual(['a', './b.ts']);
  });
});

describe('a rule is broken by', () => {
  it.each<[what: string, changes: Sources, problem: string]>([
    [
      'an import upwards',
      plus('services/storage/job-table.ts', "import type { Workshop } from '../jobs/workshop.ts';"),
      'services/storage/job-table.ts reaches up to services/jobs/workshop.ts',
    ],
    [
      'an import upwards from the cellar',
      plus('domain/job.ts', "import { systemClock } from '../services/clock.ts';"),
      'domain/job.ts reaches up to services/clock.ts',
    ],
    [
      'an import upwards that is loaded later',
      plus('services/jobs/workshop.ts', "export const late = () => import('../../app.ts');"),
      'services/jobs/workshop.ts reaches up to app.ts',
    ],
    [
      'an import of a neighbour',
      plus('services/delivery/card.ts', "export type { Workshop } from '../jobs/workshop.ts';"),
      'services/delivery/card.ts reaches over to services/jobs/workshop.ts',
    ],
    [
      'a command that uses a button',
      plus('commands/song.ts', "import { again } from '../buttons/again.ts';"),
      'commands/song.ts reaches over to buttons/again.ts',
    ],
    [
      'an import out of src',
      plus('app.ts', "import { rig } from '../playground/rig.ts';"),
      'app.ts reaches out of src: ../playground/rig.ts',
    ],
    [
      'an import of what is not there',
      plus('app.ts', "import { x } from './nothing.ts';"),
      'app.ts imports ./nothing.ts, which is not there',
    ],
    [
      'a circle, also of types',
      {
        ...plus('domain/ids.ts', "import type { ButtonName } from './custom-id.ts';"),
      },
      'a circle: domain/ids.ts -> domain/custom-id.ts -> domain/ids.ts',
    ],
    [
      'a circle among tools',
      plus('services/clock.ts', "import type { TickerOptions } from './ticker.ts';"),
      'a circle: services/clock.ts -> services/ticker.ts -> services/clock.ts',
    ],
    [
      'undici elsewhere',
      plus('services/delivery/roads.ts', "import { request } from 'undici';"),
      'services/delivery/roads.ts: undici comes in by the window',
    ],
    [
      'a part of Kysely elsewhere',
      plus('services/jobs/workshop.ts', "import { Migrator } from 'kysely/migration';"),
      'services/jobs/workshop.ts: kysely comes in by the window',
    ],
    [
      'discord.js in the workshop',
      plus('services/jobs/new-job.ts', "import type { Client } from 'discord.js';"),
      'services/jobs/new-job.ts: discord.js comes in by the window',
    ],
    ['pino elsewhere', plus('app.ts', "import { pino } from 'pino';"), 'app.ts: pino comes in by the window'],
    [
      'SQLite by another file',
      plus('services/storage/database.ts', "import { DatabaseSync } from 'node:sqlite';"),
      'services/storage/database.ts: node:sqlite comes in by the window',
    ],
    ['a new library', plus('app.ts', "import _ from 'lodash';"), 'app.ts: lodash has no door'],
    [
      'a new library with a scope',
      plus('app.ts', "import { x } from '@scope/name/part';"),
      'app.ts: @scope/name has no door',
    ],
    [
      'a cellar that touches the machine',
      plus('domain/job.ts', "import { readFileSync } from 'node:fs';"),
      'domain/job.ts is not pure: node:fs',
    ],
    ['process elsewhere', plus('app.ts', 'export const x = process.env;'), 'app.ts uses process'],
    ['process by import', plus('app.ts', "import { env } from 'node:process';"), 'app.ts uses process'],
    [
      'a clock of its own',
      plus('services/jobs/workshop.ts', 'export const now = Date.now();'),
      'services/jobs/workshop.ts keeps its own time',
    ],
    [
      'a timer of its own',
      plus('services/ticker.ts', 'setTimeout(() => undefined, 5);'),
      'services/ticker.ts keeps its own time',
    ],
    [
      'a file that is too long',
      plus('domain/ids.ts', '\n'.repeat(300)),
      'domain/ids.ts is longer than 300 lines',
    ],
    [
      'a name in camelCase',
      { 'domain/jobState.ts': '' },
      'domain/jobState.ts: jobState.ts is not in kebab-case',
    ],
    ['a folder in capitals', { 'domain/Jobs/x.ts': '' }, 'domain/Jobs/x.ts: Jobs is not in kebab-case'],
    ['a vague file', { 'domain/text-utils.ts': '' }, 'domain/text-utils.ts: text-utils.ts says nothing'],
    ['a vague folder', { 'domain/helpers/x.ts': '' }, 'domain/helpers/x.ts: helpers says nothing'],
    ['a room without a floor', { 'services/magic/x.ts': '' }, 'services/magic/x.ts stands on no floor'],
    ['a file outside every room', { 'stray.ts': '' }, 'stray.ts stands on no floor'],
    [
      'a command that is not listed',
      { 'commands/dance.ts': '' },
      'commands/dance.ts is not in commands/index.ts',
    ],
    [
      'a button that is not listed',
      { 'buttons/dance.ts': '' },
      'buttons/dance.ts is not in buttons/index.ts',
    ],
  ])('%s', (_, changes, problem) => {
    expect(after(changes)).toContain(problem);
  });
});

describe('no rule is broken by', () => {
  it.each<[what: string, changes: Sources]>([
    ['an import downwards', plus('events/visit-of.ts', "import { shorten } from '../domain/limits.ts';")],
    [
      'the one door between rooms of a floor',
      {
        'services/quota/ledger.ts': '',
        ...plus('services/jobs/workshop.ts', "import { ledger } from '../quota/ledger.ts';"),
      },
    ],
    ['words about time and the process', plus('app.ts', '// Date.now and process.env are for others.')],
    ['a part of a room in a folder of its own', { 'services/jobs/queue/turns.ts': '' }],
  ])('%s', (_, changes) => {
    // One line more may be one too many for a file at its limit, which is not the point here.
    expect(after(changes).filter((problem) => !problem.includes('longer than'))).toEqual([]);
  });

  it('that door the other way round, which stays shut', () => {
    const changes = { 'services/quota/ledger.ts': "import { x } from '../jobs/workshop.ts';" };
    expect(after(changes)).toEqual(['services/quota/ledger.ts reaches over to services/jobs/workshop.ts']);
  });
});
