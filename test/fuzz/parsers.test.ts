import * as fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeProblems, environmentNames, InvalidConfig, loadConfig } from '../../src/config.ts';
import { actionSchema, overrideCatalogue, wireBody, type Action } from '../../src/domain/actions.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { buttonNames, decodeCustomId, encodeCustomId, encodePageId } from '../../src/domain/custom-id.ts';
import { jobIdPattern, newJobId } from '../../src/domain/ids.ts';
import { loadCatalogue } from '../../src/load-catalogue.ts';
import { fromRow, toRow } from '../../src/services/storage/job-row.ts';
import { fuzzRuns, fuzzTimeout } from '../support/fuzz-runs.ts';
import { garbled, mutated } from '../support/mutations.ts';
import { job } from '../support/songs.ts';
import { tempDir } from '../support/temp-dir.ts';

const rows = Object.entries(builtInCatalogue);
const override = fc
  .array(fc.constantFrom(...rows), { minLength: 1, maxLength: 4 })
  .map((picked) => Object.fromEntries(picked));

describe('any catalogue file', fuzzTimeout, () => {
  it('gives whole rows, or an error that says where', () => {
    fc.assert(
      fc.property(fc.oneof(mutated(override, 6), fc.jsonValue({ maxDepth: 4 })), (file) => {
        let catalogue: Record<string, Action>;
        try {
          catalogue = overrideCatalogue(builtInCatalogue, JSON.parse(JSON.stringify(file)));
        } catch (error) {
          expect(error).toBeInstanceOf(z.ZodError);
          return;
        }
        for (const [key, action] of Object.entries(catalogue)) {
          expect(key).toMatch(/^(producer|suno)\/[A-Z0-9_]+$/);
          expect(key.split('/')[0]).toBe(action.platform);
          expect(actionSchema.safeParse(action).success).toBe(true);
          JSON.stringify(wireBody(action, { prompt: 'x', lyrics: 'y', title: 'z', instrumental: false }));
        }
        expect(Object.keys(catalogue)).toEqual(expect.arrayContaining(rows.map(([key]) => key)));
        // Nothing gets at what all objects have in common.
        expect(Reflect.ownKeys({})).toEqual([]);
        expect(Reflect.get({}, 'label')).toBe(undefined);
      }),
      fuzzRuns(500, 20_000),
    );
  });

  it('that is no JSON is told by its name', () => {
    const file = join(tempDir(), 'catalogue.json');
    const texts = garbled(override.map((given) => JSON.stringify(given)));
    fc.assert(
      fc.property(texts, (text) => {
        writeFileSync(file, text);
        try {
          loadCatalogue(file);
        } catch (error) {
          expect(String(error)).toContain('SONG_API_CATALOGUE');
        }
      }),
      fuzzRuns(100, 2_000),
    );
  });
});

describe('any environment', fuzzTimeout, () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.constantFrom(
      '',
      ' ',
      '0',
      '-1',
      '1e9',
      'day',
      '0-3/8',
      '9-1/2',
      'info',
      '127.0.0.1',
      'a,b,,c',
      '\u0000',
    ),
    fc.webUrl(),
    fc.constantFrom('postgres://me:hunter2@db/x', 'http://', 'https://[::1]', 'javascript:1', 'http://a//'),
  );
  const environment = fc.dictionary(fc.constantFrom(...environmentNames, 'PATH', '__proto__'), value, {
    maxKeys: 30,
  });
  const secrets = ['DISCORD_TOKEN', 'CCAPI_API_KEY', 'DATABASE_URL'];

  it('is read to values that keep to their kinds, or every problem is named and no secret printed', () => {
    fc.assert(
      fc.property(environment, fc.boolean(), (given, isComplete) => {
        const whole = isComplete ? { ...given, DISCORD_TOKEN: 'a.token', CCAPI_API_KEY: 'sk-key' } : given;
        try {
          const config = loadConfig(whole);
          expect(Object.keys(config).every((name) => environmentNames.includes(name))).toBe(true);
          expect(config.POLL_INTERVAL_MS).toBeGreaterThanOrEqual(50);
          expect(config.CCAPI_BASE_URL).toMatch(/^https?:\/\/.*[^/]$/);
          const { SHARDS: shards } = config;
          expect(shards === undefined || shards.last < shards.total).toBe(true);
        } catch (error) {
          if (!(error instanceof InvalidConfig)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          expect(error.problems.every(({ name }) => environmentNames.includes(name))).toBe(true);
          const printed = describeProblems(error.problems.filter(({ name }) => secrets.includes(name)));
          for (const name of secrets) {
            const secret = (whole as Record<string, string | undefined>)[name]?.trim() ?? '';
            if (secret.length > 8) expect(printed).not.toContain(secret);
          }
        }
      }),
      fuzzRuns(500, 20_000),
    );
  });
});

describe('any custom id', fuzzTimeout, () => {
  const pages = fc
    .nat(9)
    .map((page) => encodePageId({ whose: 'mine', engine: null, kind: 'cover', words: 'rain' }, page));
  const genuine = fc.oneof(
    pages,
    fc.constantFrom(...buttonNames).map((name) => encodeCustomId(name, newJobId())),
  );
  const parts = fc
    .tuple(fc.nat(3), fc.constantFrom(...buttonNames, 'constructor', '__proto__'), fc.string())
    .map((all) => all.join('.'));

  it('is one of ours to the letter, an old one, or foreign', () => {
    fc.assert(
      fc.property(fc.oneof(garbled(genuine), genuine, parts, fc.string()), (text) => {
        const decoded = decodeCustomId(text);
        if (decoded.is === 'page') expect(encodePageId(decoded.shelf, decoded.page)).toBe(text);
        if (decoded.is !== 'ours') return;
        expect(decoded.id).toMatch(jobIdPattern);
        expect(encodeCustomId(decoded.name, decoded.id)).toBe(text);
      }),
      fuzzRuns(1_000, 50_000),
    );
  });
});

describe('any stored row', fuzzTimeout, () => {
  it('is a job, or an error of its own', () => {
    const row = fc.constantFrom(
      ...[
        job(1),
        job(2, { status: { state: 'running', taskId: 'task_1', percent: 5 } }),
        job(3, { status: { state: 'failed', taskId: null, why: 'rejected' } }),
      ].map((one) => toRow(one)),
    );
    fc.assert(
      fc.property(mutated(row, 3), (given) => {
        if (typeof given !== 'object' || given === null || Array.isArray(given)) return;
        try {
          const read = fromRow(given as never);
          expect(typeof read.status.state).toBe('string');
          toRow(read);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      fuzzRuns(500, 10_000),
    );
  });
});
