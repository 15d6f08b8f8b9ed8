import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, forbiddenWord, guildSettingsSchema } from '../../../src/domain/guild-settings.ts';

const listed = ['badger', 'bad cat', 'größe', '猫', 'naïve', 'r2d2'];

describe('a listed word', () => {
  it.each([
    ['alone', 'badger', 'badger'],
    ['whatever its case', 'A BaDgEr sings', 'badger'],
    ['beside punctuation', '(badger)! ', 'badger'],
    ['between lines', 'one\nbadger\ntwo', 'badger'],
    ['of two parts', 'a bad   cat', 'bad cat'],
    ['of two parts, joined by something else', 'bad-cat blues', 'bad cat'],
    ['with letters of its own', 'GRÖSSE und Größe', 'größe'],
    ['in wide letters', 'ｂａｄｇｅｒ', 'badger'],
    ['in wide capitals', 'ＢＡＤＧＥＲ', 'badger'],
    ['of a script without blanks, alone', 'ode to 猫', '猫'],
    ['whose letters were put together', 'nai\u0308ve', 'naïve'],
    ['with digits', 'hello R2D2', 'r2d2'],
  ])('is found %s: %j', (_, text, word) => {
    expect(forbiddenWord(listed, [text])).toBe(word);
  });

  it.each([
    ['as a part of another', 'badgering embadger'],
    ['with something between', 'bad old cat'],
    ['the other way round', 'cat bad'],
    ['in nothing', ''],
    ['in nothing but marks', '!?… --'],
  ])('is not found %s: %j', (_, text) => {
    expect(forbiddenWord(listed, [text])).toBeUndefined();
  });

  it('is found in any of the texts, and absent ones are no matter', () => {
    expect(forbiddenWord(listed, [undefined, 'a song', 'of a badger', undefined])).toBe('badger');
    expect(forbiddenWord(listed, [undefined])).toBeUndefined();
    expect(forbiddenWord(listed, [])).toBeUndefined();
  });

  it('is the first of the list when several occur', () => {
    expect(forbiddenWord(listed, ['naïve badger'])).toBe('badger');
  });

  it('is found wherever it stands between other words', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 6 });
    const gap = fc.constantFrom(' ', ', ', '\n', ' – ', '! ');
    fc.assert(
      fc.property(words, words, gap, (before, after, between) => {
        const text = [...before, 'xylophone', ...after].join(between);
        expect(forbiddenWord(['xylophone'], [text])).toBe('xylophone');
      }),
    );
  });

  it('is found in capitals of a fancy alphabet', () => {
    expect(forbiddenWord(listed, ['𝐁𝐀𝐃𝐆𝐄𝐑'])).toBe('badger');
  });

  it('is not found as a part of a word with vowel signs', () => {
    expect(forbiddenWord(['ह'], ['हिन्दी'])).toBeUndefined();
  });

  it('of nothing but marks forbids nothing', () => {
    expect(forbiddenWord(['!!!'], ['Hello!'])).toBeUndefined();
  });
});

describe('settings', () => {
  it('have a default for everything, so an older stored value still fits', () => {
    expect(guildSettingsSchema.parse({})).toEqual(defaultSettings);
    expect(guildSettingsSchema.parse({ words: ['badger'] })).toEqual({
      ...defaultSettings,
      words: ['badger'],
    });
  });

  it.each([[{ channels: ['general'] }], [{ engine: 'kazoo' }], [{ auditChannel: '1' }]])(
    'are not %j',
    (value) => {
      expect(guildSettingsSchema.safeParse(value).success).toBe(false);
    },
  );
});
