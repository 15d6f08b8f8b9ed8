import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Font, Ruler } from '../../../../src/services/pictures/scene.ts';
import { wrapText } from '../../../../src/services/pictures/wrap-text.ts';

/** Every character is one wide. */
const ruler: Ruler = { printable: (text) => text, width: (text) => text.length };
const font: Font = { size: 1, weight: 400 };
const wrap = (text: string, within: number, lines = 9): string[] =>
  wrapText(ruler, text, font, within, lines);

describe('wrapping', () => {
  it('breaks between words', () => {
    expect(wrap('the rain on the roof', 9)).toEqual(['the rain', 'on the', 'roof']);
  });

  it('finds words in scripts without spaces', () => {
    expect(wrap('ฝนตกที่หน้าต่าง', 9)).toEqual(['ฝนตกที่', 'หน้าต่าง']);
  });

  it('keeps what closes a phrase on its line, and what opens one with its word', () => {
    expect(wrap('rain, rain', 5)).toEqual(['rain,', 'rain']);
    // "rain" alone would fit, but then the comma would begin the next line.
    expect(wrap('a rain, rain', 6)).toEqual(['a', 'rain,', 'rain']);
    expect(wrap('rain (live)', 7)).toEqual(['rain', '(live)']);
    expect(wrap('歌、歌、歌', 3)).toEqual(['歌、', '歌、歌']);
  });

  it('breaks a word that is longer than a line, between characters', () => {
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12)).toEqual(['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']);
  });

  it('cuts the last line', () => {
    expect(wrap('the rain on the roof', 9, 2)).toEqual(['the rain', 'on the r…']);
  });

  it('keeps to its width and lines, and loses nothing but spaces and the end', () => {
    const bare = (text: string): string => text.replace(/\s/g, '');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(30),
        fc.integer({ min: 1, max: 5 }),
        (text, within, most) => {
          const lines = wrap(text, within, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(within);
          expect(bare(text).startsWith(bare(lines.join('')).replace(/…$/, ''))).toBe(true);
        },
      ),
    );
  });
});
