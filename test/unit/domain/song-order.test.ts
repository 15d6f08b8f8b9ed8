import { describe, expect, it } from 'vitest';
import { actionFor, overrideCatalogue } from '../../../src/domain/actions.ts';
import { builtInCatalogue } from '../../../src/domain/built-in-catalogue.ts';
import { Refusal, type RefusalReason } from '../../../src/domain/errors.ts';
import type { Platform, SongInputs } from '../../../src/domain/song.ts';
import { orderSong, orderAction, priceOf } from '../../../src/domain/song-order.ts';

const order = (inputs: SongInputs, engine?: Platform) => orderSong(builtInCatalogue, engine, inputs);

function refusal(run: () => unknown): RefusalReason {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('which engine makes a song', () => {
  it('is the one that was asked for', () => {
    expect(order({ prompt: 'x' }, 'suno').action).toBe('suno/MUSIC');
  });

  it("is the model's own where none was asked for", () => {
    expect(order({ prompt: 'x', model: 'chirp-v5' }).action).toBe('suno/MUSIC');
    expect(order({ prompt: 'x', model: 'FUZZ-1.0' }).action).toBe('producer/MUSIC');
  });

  it('is Producer where nothing says otherwise', () => {
    expect(order({ prompt: 'x' }).action).toBe('producer/MUSIC');
  });
});

describe('a request is refused', () => {
  it.each(['', '   ', '\n\t', '\u0000\u0007'])('without a word in its prompt: %j', (prompt) => {
    expect(refusal(() => order({ prompt }))).toEqual({ is: 'empty', option: 'prompt' });
  });

  it("with a model of the other engine, or of nobody's", () => {
    const reason = { is: 'model-of-other-engine', engine: 'suno' };
    expect(refusal(() => order({ prompt: 'x', model: 'FUZZ-2.0' }, 'suno'))).toMatchObject(reason);
    expect(refusal(() => order({ prompt: 'x', model: 'gpt' }))).toMatchObject({ model: 'gpt' });
  });

  it('with an input that the engine has no field for', () => {
    const reason = { is: 'input-unknown-to-engine', option: 'seed', engine: 'suno' };
    expect(refusal(() => order({ prompt: 'x', seed: '7' }, 'suno'))).toEqual(reason);
  });

  it('one character above a limit, and not at it', () => {
    expect(order({ prompt: 'x'.repeat(500) }, 'suno').inputs.prompt).toHaveLength(500);
    expect(refusal(() => order({ prompt: 'x'.repeat(501) }, 'suno'))).toEqual({
      is: 'too-long',
      option: 'prompt',
      max: 500,
      length: 501,
      engine: 'suno',
    });
  });

  it('when the operator has switched its engine off', () => {
    const catalogue = overrideCatalogue(builtInCatalogue, { 'suno/MUSIC': { enabled: false } });
    expect(refusal(() => orderSong(catalogue, 'suno', { prompt: 'x' }))).toMatchObject({
      is: 'action-not-served',
      until: null,
    });
  });

  it('when inputs that share a field are too long together', () => {
    const inputs = { prompt: 'p'.repeat(400), style: 's'.repeat(400) };
    expect(refusal(() => order(inputs, 'suno'))).toMatchObject({
      is: 'too-long',
      option: 'prompt + style',
      max: 500,
    });
  });
});

describe('what a member typed is tidied', () => {
  it('blank text counts as absent', () => {
    expect(order({ prompt: 'x', style: ' ', title: '' }).inputs).toEqual({ prompt: 'x' });
  });

  it('control characters go, lines and tabs of lyrics stay', () => {
    const { inputs } = order({ prompt: ' a\u0000b ', lyrics: '[Verse]\r\n\tla la\u001b\n\nla' });
    expect(inputs).toEqual({ prompt: 'ab', lyrics: '[Verse]\n\tla la\n\nla' });
  });

  it('switches stay as they are', () => {
    expect(order({ prompt: 'x', instrumental: false }).inputs.instrumental).toBe(false);
  });
});

describe('an order for any action', () => {
  it('goes to the row that does this to a song of its platform', () => {
    expect(actionFor(builtInCatalogue, 'replace', 'producer')).toBe('producer/REPLACE');
    expect(actionFor(builtInCatalogue, 'replace', 'suno')).toBe('suno/REPLACE_SECTION');
    expect(actionFor(builtInCatalogue, 'midi', 'producer')).toBeUndefined();
  });

  it('is refused without what the row needs, with an end before its beginning, and where the row is off', () => {
    const reason = (...order: Parameters<typeof orderAction>) => {
      try {
        return orderAction(...order);
      } catch (error) {
        return error instanceof Refusal ? error.reason : error;
      }
    };
    const cover = { clip: 'c', style: 'jazz' };
    expect(reason(builtInCatalogue, 'suno/COVER', cover)).toEqual({ action: 'suno/COVER', inputs: cover });
    expect(reason(builtInCatalogue, 'suno/COVER', { clip: 'c' })).toEqual({ is: 'empty', option: 'style' });
    expect(reason(builtInCatalogue, 'producer/REPLACE', { clip: 'c', from: 9, to: 9 })).toEqual({
      is: 'bad-span',
    });
    expect(reason(builtInCatalogue, 'suno/PERSONA', { clip: 'c', name: 'n' })).toMatchObject({
      is: 'action-not-served',
    });
  });

  it('costs what all of its steps cost', () => {
    const next = { action: 'suno/STEMS_ALL', inputs: {} } as const;
    expect(priceOf(builtInCatalogue, { action: 'suno/UPLOAD', inputs: {}, next })).toBe(6);
  });
});
