import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeArt } from '../../../../src/services/pictures/compose-art.ts';

/** 0 (black) to 1 (white), as WCAG weighs it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('art', () => {
  it('is the same for the same song', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (style, seed) => {
        expect(composeArt(style, seed)).toEqual(composeArt(style, seed));
      }),
    );
  });

  it('is drawn with real numbers and colours', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { marks } = composeArt('', seed);
        expect(marks.length).toBeGreaterThan(3);
        for (const { path, fill } of marks) {
          expect(path).toMatch(/^M[-\dMLHVhvaAZ. ]+Z$/);
          const colours = typeof fill === 'string' ? [fill] : fill.colours;
          for (const colour of colours) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
        }
      }),
    );
  });

  it('looks different for each of many songs', () => {
    const seen = new Set(
      Array.from({ length: 300 }, (_, job) => JSON.stringify(composeArt('sad piano', `job_${job}`).marks)),
    );
    expect(seen.size).toBe(300);
  });

  it('takes its colours from the words of the style, not from the job', () => {
    const sad = composeArt('slow sad piano', 'a').palette;
    expect(composeArt('Sad, SLOW piano ballad', 'b').palette).toBe(sad);
    expect(composeArt('happy fast techno', 'a').palette).not.toBe(sad);
    expect(composeArt('ein stilles Lied', 'a').palette).toBe(composeArt('ein stilles Lied', 'b').palette);
  });

  it('is dark where the title stands: white letters keep a contrast of 7', () => {
    const palettes = Array.from({ length: 200 }, (_, job) => composeArt('', `job_${job}`).palette);
    const deeps = new Set(palettes.map(({ deep }) => deep));
    expect(deeps.size).toBe(10);
    for (const deep of deeps) expect(1.05 / (luminance(deep) + 0.05)).toBeGreaterThan(7);
  });
});
