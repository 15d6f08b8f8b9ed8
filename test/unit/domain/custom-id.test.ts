import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttonNames, decodeCustomId, encodeCustomId, encodePageId } from '../../../src/domain/custom-id.ts';
import { jobIdPattern, newJobId } from '../../../src/domain/ids.ts';
import { deedNames } from '../../../src/domain/deeds.ts';
import { discordLimits } from '../../../src/domain/limits.ts';
import { lastPage, shelfOwners, wordsFor } from '../../../src/domain/shelf.ts';
import { platforms } from '../../../src/domain/song.ts';

const jobId = 'abcdefgh2345';

describe('a custom id', () => {
  it.each(buttonNames)('comes back as it went out: %s', (name) => {
    const id = newJobId();
    const customId = encodeCustomId(name, id);
    expect(customId.length).toBeLessThanOrEqual(discordLimits.customId);
    expect(decodeCustomId(customId)).toEqual({ is: 'ours', name, id });
  });

  it('of a page comes back as it went out, whatever was searched', () => {
    const shelves = fc.record({
      whose: fc.constantFrom(...shelfOwners),
      engine: fc.constantFrom(null, ...platforms),
      kind: fc.constantFrom(null, ...deedNames),
      words: fc.string({ unit: 'grapheme', maxLength: 100 }).map(wordsFor),
    });
    fc.assert(
      fc.property(shelves, fc.nat(lastPage), (shelf, page) => {
        const customId = encodePageId(shelf, page);
        expect(customId.length).toBeLessThanOrEqual(discordLimits.customId);
        expect(customId.isWellFormed()).toBe(true);
        expect(decodeCustomId(customId)).toEqual({ is: 'page', shelf, page });
      }),
    );
  });

  it.each([
    '1.page.',
    '1.page.mine.-.-.1',
    '1.page.theirs.-.-.1.',
    '1.page.mine.udio.-.1.',
    '1.page.mine.-.dance.1.',
    '1.page.mine.-.-.-1.',
    '1.page.mine.-.-.00001.',
    '1.page.mine.-.-.01.',
    '1.page.mine.-.-.1.Rain',
    "1.page.mine.-.-.1.' or 1=1",
    `1.page.${jobId}`,
  ])('of no page that a button could have led to is foreign: %j', (customId) => {
    expect(decodeCustomId(customId)).toEqual({ is: 'foreign' });
  });

  it.each(['', 'short', `${jobId}x`, 'ABCDEFGH2345', `${jobId}.x`, 'abcdefghijkl'])(
    'is never made of something that is no job id: %j',
    (id) => {
      expect(() => encodeCustomId('again', id)).toThrow(TypeError);
    },
  );

  it.each([`2.again.${jobId}`, `0.again.${jobId}`, `1.remix.${jobId}`])(
    'that has retired is old: %s',
    (id) => {
      expect(decodeCustomId(id)).toEqual({ is: 'old' });
    },
  );

  it.each([
    '',
    'again',
    `again.${jobId}`,
    `1.again.${jobId}.more`,
    `1.again.${jobId}\n`,
    ` 1.again.${jobId}`,
    `1..${jobId}`,
    '1.again.',
    `1.AGAIN.${jobId}`,
    '1.again.abcdefghijkl',
    '1.again.../../../etc',
    `1.__proto__.${jobId}`,
  ])('that was never ours is foreign: %j', (id) => {
    expect(decodeCustomId(id)).toEqual({ is: 'foreign' });
  });

  it('of any text is decoded without a throw, and only to ids that could be ours', () => {
    const shaped = fc
      .tuple(fc.nat(3000), fc.constantFrom(...buttonNames, 'constructor', 'x'), fc.string())
      .map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), shaped), (text) => {
        const decoded = decodeCustomId(text);
        if (decoded.is !== 'ours') return;
        expect(decoded.id).toMatch(jobIdPattern);
        expect(encodeCustomId(decoded.name, decoded.id)).toBe(text);
      }),
    );
  });
});

describe('a job id', () => {
  it('fits its own pattern, a nonce and a custom id', () => {
    const ids = Array.from({ length: 2000 }, newJobId);
    for (const id of ids) expect(id).toMatch(jobIdPattern);
    expect(new Set(ids).size).toBe(ids.length);
    expect(`minstrel-${ids[0]}`.length).toBeLessThanOrEqual(discordLimits.nonce);
  });

  it('has no look-alikes', () => {
    const used = new Set(Array.from({ length: 500 }, newJobId).join(''));
    expect(used.size).toBe(31);
    for (const lookAlike of 'ilo01') expect(used).not.toContain(lookAlike);
  });
});
