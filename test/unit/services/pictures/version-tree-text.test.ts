import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionTreeText } from '../../../../src/services/pictures/version-tree-text.ts';
import { anyVersions, rainTree, version, words } from './tree-samples.ts';

describe('a tree of versions as text', () => {
  it('is drawn with lines', () => {
    expect(versionTreeText(rainTree, words, 4000)).toBe(
      [
        'Song 1 (Song · Alice · day 1)',
        '├─ Song 2 (Extend · Alice · day 2)',
        '│  ├─ Song 3 (Cover · Čeněk 🎸 · day 3)',
        '│  └─ 雨の歌 (Cover · Alice · day 4) ◄ this one',
        '└─ \u2068أغنية المطر\u2069 (Cover · \u2068مرحبا\u2069 · day 5)',
      ].join('\n'),
    );
  });

  it('counts what has no room, and keeps the version that was asked for', () => {
    const wide = Array.from({ length: 90 }, (_, n) => version(`${n + 2}`, '1', { isHere: n === 80 }));
    const text = versionTreeText([version('1', null), ...wide], words, 600);
    expect(text.length).toBeLessThanOrEqual(600);
    expect(text.length).toBeGreaterThan(540);
    expect(text).toContain('Song 82 (Cover · Alice · day 82) ◄ this one');
    const shown = text.split('\n').length - 2;
    expect(text).toMatch(new RegExp(`\n└─ \\+${90 - shown} more$`));
  });

  it('never exceeds its limit nor leaves its code block, whatever it is told', () => {
    fc.assert(
      fc.property(anyVersions, fc.integer({ min: 1, max: 4000 }), (versions, max) => {
        const text = versionTreeText(versions, words, max);
        expect(text.length).toBeLessThanOrEqual(max);
        expect(text).not.toContain('`');
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066\u2067\r\t]/u);
      }),
      { numRuns: 200 },
    );
  });

  it('gives a version without a title the word for that', () => {
    expect(versionTreeText([version('1', null, { title: ' ' })], words, 100)).toMatch(/^Untitled \(/);
  });

  it('has nothing to say of nothing', () => {
    expect(versionTreeText([], words, 100)).toBe('');
  });
});
