import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeset } from '../../../../src/services/pictures/typeset.ts';

const set = (text: string): string => typeset(text).text;

describe('typesetting', () => {
  it.each([
    'Zoë Žižka',
    'Дарья Ґалаґан',
    'Ωμέγα',
    'Nguyễn',
    '日本語の歌',
    '张伟 音乐',
    '한국어',
    'नमस्ते',
    'مرحبا',
    'שלום',
    'สวัสดี',
    '🎵👨‍👩‍👧‍👦🇩🇪❤️‍🔥1️⃣',
    '★ ♪ → ·',
  ])('leaves %s as it is', (text) => {
    expect(set(text)).toBe(text.normalize('NFC'));
  });

  it('only asks for fonts that come with the bot', () => {
    expect(
      typeset('aяΩ日한🎵')
        .families.split(',')
        .every((family) => family.startsWith('"minstrel-')),
    ).toBe(true);
  });

  it('writes Chinese and Japanese each in their own hand', () => {
    expect(typeset('音楽').families).toMatch(/noto-sans-sc/);
    expect(typeset('音楽の').families).not.toMatch(/noto-sans-sc/);
  });

  it('has Latin first, so that the ellipsis always looks the same', () => {
    expect(typeset('日本').families).toMatch(/^"minstrel-noto-sans-latin",/);
  });

  it('reads fancy letters as plain ones', () => {
    expect(set('𝓕𝓪𝓷𝓬𝔂 𝟙𝟚')).toBe('Fancy 12');
  });

  it('puts a dot where no font can help', () => {
    expect(set('a\u{10ffff}b\u{e000}c')).toBe('a·b·c');
    expect(set('ᚠᚢ')).toBe('··');
  });

  it('takes the accents down from a tower of them', () => {
    expect(set(`a${'\u0301\u0316'.repeat(50)}`).length).toBeLessThanOrEqual(3);
  });

  it('makes one line of it, without turning its direction round', () => {
    expect(set(' a\n\tb\u202e\u2066c\u200b ')).toBe('a bc');
  });

  it('survives half a character', () => {
    expect(set('a\ud83d')).toMatch(/^a.$/u);
  });

  it('has no more to do the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(set(set(text))).toBe(set(text));
      }),
    );
  });
});
