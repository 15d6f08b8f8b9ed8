import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../../src/domain/limits.ts';

describe('shorten', () => {
  it('leaves what fits alone', () => {
    expect(shorten('song', 4)).toBe('song');
    expect(shorten('', 4)).toBe('');
  });

  it('shows where it cut', () => {
    expect(shorten('songs', 4)).toBe('son…');
    expect(shorten('a song', 3)).toBe('a…');
    expect(shorten('ab', 1)).toBe('…');
  });

  it('drops a character that would be halved', () => {
    expect(shorten('ab🎵cd', 4)).toBe('ab…');
    expect(shorten('ab🎵cd', 5)).toBe('ab🎵…');
  });

  const texts = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '🎵', '👩‍🎤', '\n'), maxLength: 60 });

  it('never gives more than was allowed, and never half a character', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const short = shorten(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short.isWellFormed()).toBe(true);
        expect(text.length <= max ? short === text : text.startsWith(short.slice(0, -1))).toBe(true);
      }),
    );
  });
});
