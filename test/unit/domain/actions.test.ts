import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { overrideCatalogue, platformOf, takes, wireBody, type Action } from '../../../src/domain/actions.ts';
import { builtInCatalogue } from '../../../src/domain/built-in-catalogue.ts';

const producer = builtInCatalogue['producer/MUSIC'] as Action;
const suno = builtInCatalogue['suno/MUSIC'] as Action;

describe('the body of a submit', () => {
  it('holds nothing but what was asked for', () => {
    expect(wireBody(producer, { prompt: 'summer' })).toEqual({ prompt: 'summer' });
    expect(wireBody(suno, { prompt: 'summer' })).toEqual({ gpt_description_prompt: 'summer' });
  });

  it('speaks the words of the documentation to Producer', () => {
    const inputs = {
      prompt: 'summer',
      style: 'pop',
      lyrics: '[Verse] sun',
      title: 'Sun',
      instrumental: false,
      model: 'FUZZ-2.0 Pro',
      seed: '18446744073709551615',
    };
    expect(wireBody(producer, inputs)).toEqual({
      prompt: 'summer',
      style: 'pop',
      lyrics: '[Verse] sun',
      title: 'Sun',
      make_instrumental: false,
      mv: 'FUZZ-2.0 Pro',
      seed: '18446744073709551615',
    });
  });

  it('describes a song to Suno in one field while it brings no lyrics', () => {
    expect(wireBody(suno, { prompt: 'summer', style: 'pop', title: 'Sun', model: 'chirp-v5' })).toEqual({
      gpt_description_prompt: 'summer, pop',
      title: 'Sun',
      mv: 'chirp-v5',
    });
  });

  it('hands lyrics to Suno as the prompt and everything else as tags', () => {
    expect(wireBody(suno, { prompt: 'summer', style: 'pop', lyrics: 'sun sun sun' })).toEqual({
      prompt: 'sun sun sun',
      tags: 'summer, pop',
    });
  });

  it('lists what a field that ends in brackets collects', () => {
    const mashup = builtInCatalogue['suno/MASHUP'] as Action;
    const body = wireBody(mashup, { clip: 'a', otherClip: 'b', style: 'jazz' });
    expect(body).toEqual({ clip_ids: ['a', 'b'], tags: 'jazz' });
  });

  it('lets instrumental win over lyrics', () => {
    const body = wireBody(suno, { prompt: 'summer', lyrics: 'sun', instrumental: true });
    expect(body).toEqual({ gpt_description_prompt: 'summer', make_instrumental: true });
  });

  it("sends the row's constants with every request, and never the gateway's wait_audio", () => {
    const action: Action = { ...producer, constants: { custom: true } };
    expect(wireBody(action, { prompt: 'x' })).toEqual({ custom: true, prompt: 'x' });
    expect(JSON.stringify(builtInCatalogue)).not.toContain('wait_audio');
  });

  it('leaves the row itself untouched', () => {
    const before = structuredClone(suno);
    wireBody(suno, { prompt: 'a', style: 'b', lyrics: 'c' });
    expect(suno).toEqual(before);
  });
});

describe('the built-in rows', () => {
  it.each(Object.entries(builtInCatalogue))('%s is filed under its own platform and token', (key, action) => {
    expect(key).toBe(`${action.platform}/${action.token}`);
    expect(platformOf(key as keyof typeof builtInCatalogue)).toBe(action.platform);
  });

  it.each(Object.entries(builtInCatalogue))('%s caps every text that it sends', (_, action) => {
    const texts = (['prompt', 'style', 'lyrics', 'title'] as const).filter((input) => takes(action, input));
    expect(texts.filter((input) => !action.maxLength[input])).toEqual([]);
  });

  it("are the song API's menu: 14 entries of Producer, 25 of Suno", () => {
    const platforms = Object.values(builtInCatalogue).map(({ platform }) => platform);
    expect(platforms.filter((platform) => platform === 'producer')).toHaveLength(14);
    expect(platforms.filter((platform) => platform === 'suno')).toHaveLength(25);
  });

  it('need nothing that they have no field for', () => {
    const wrong = Object.entries(builtInCatalogue).filter(([, action]) =>
      action.needs.some((input) => !takes(action, input)),
    );
    expect(wrong).toEqual([]);
  });

  it('name no model twice, since a model alone chooses its engine', () => {
    const models = Object.values(builtInCatalogue).flatMap(({ deed, models: names }) =>
      deed === 'song' ? names : [],
    );
    expect(new Set(models).size).toBe(models.length);
  });
});

describe('a catalogue file', () => {
  const refuse = (file: unknown): z.ZodError => {
    try {
      overrideCatalogue(builtInCatalogue, file);
    } catch (error) {
      if (error instanceof z.ZodError) return error;
      throw error;
    }
    throw new Error('the file was taken');
  };

  it('changes single fields of a row and leaves the rest', () => {
    const catalogue = overrideCatalogue(builtInCatalogue, {
      'producer/MUSIC': { price: 3, fields: { prompt: 'sound_prompt' } },
    });
    expect(catalogue['producer/MUSIC']).toEqual({
      ...producer,
      price: 3,
      fields: { prompt: 'sound_prompt' },
    });
    expect(catalogue['suno/MUSIC']).toEqual(suno);
    expect(builtInCatalogue['producer/MUSIC']?.price).toBe(1);
  });

  it('switches an action off', () => {
    const catalogue = overrideCatalogue(builtInCatalogue, { 'suno/MUSIC': { enabled: false } });
    expect(catalogue['suno/MUSIC']?.enabled).toBe(false);
  });

  it('adds a whole row', () => {
    const row = { ...producer, token: 'REMIX', label: 'Remix' };
    expect(overrideCatalogue(builtInCatalogue, { 'producer/REMIX': row })['producer/REMIX']).toEqual(row);
  });

  it('is refused with the row and field that is wrong', () => {
    const error = refuse({ 'producer/MUSIC': { price: -1 } });
    expect(error.issues[0]?.path).toEqual(['producer/MUSIC', 'price']);
  });

  it('is refused with the name of a field that no row has', () => {
    const error = refuse({ 'suno/MUSIC': { prize: 1 } });
    expect(error.issues[0]).toMatchObject({ path: ['suno/MUSIC'], keys: ['prize'] });
  });

  it('is refused with the fields that a new row lacks', () => {
    const error = refuse({ 'suno/REMIX': { token: 'REMIX' } });
    const paths = error.issues.map((issue) => issue.path.join('.'));
    expect(paths).toContain('suno/REMIX.platform');
    expect(paths).toContain('suno/REMIX.price');
  });

  it.each([[null], [[]], ['text'], [{ 'suno/MUSIC': 5 }], [{ 'suno/MUSIC': { token: 'music' } }]])(
    'is refused when it is %j',
    (file) => {
      expect(() => overrideCatalogue(builtInCatalogue, file)).toThrow(z.ZodError);
    },
  );

  it.each([
    ['producer/COVER', { ...suno, token: 'COVER' }],
    ['producer/SWAP-VOCALS', { ...producer, token: 'SWAP_VOCALS' }],
    ['COVER', { ...producer, token: 'COVER' }],
  ])('is refused when the key %s says something else than its row', (key, row) => {
    expect(() => overrideCatalogue(builtInCatalogue, { [key]: row })).toThrow(z.ZodError);
  });
});
