import { describe, expect, it } from 'vitest';
import type { RefusalReason } from '../../../../src/domain/errors.ts';
import type { FailReason, JobState } from '../../../../src/domain/job.ts';
import { en } from '../../../../src/services/text/en.ts';
import { wordsFor } from '../../../../src/services/text/words-for.ts';

/** One of each kind: a new reason without a line here doesn't compile. */
const refusals = {
  empty: { is: 'empty', option: 'prompt' },
  'too-long': { is: 'too-long', option: 'style', max: 1000, length: 1001, engine: 'suno' },
  'bad-option': { is: 'bad-option', option: 'engine' },
  'bad-span': { is: 'bad-span' },
  'engine-cannot': { is: 'engine-cannot', deed: 'midi', engine: 'producer' },
  'two-engines': { is: 'two-engines' },
  'no-handle': { is: 'no-handle' },
  'no-such-place': { is: 'no-such-place', option: 'from', text: 'la' },
  'beyond-the-end': { is: 'beyond-the-end', option: 'from', seconds: 65 },
  'no-such-song': { is: 'no-such-song' },
  'song-on-its-way': { is: 'song-on-its-way' },
  'no-songs': { is: 'no-songs' },
  'export-busy': { is: 'export-busy' },
  'song-gone': { is: 'song-gone' },
  'song-or-file': { is: 'song-or-file' },
  'not-audio': { is: 'not-audio' },
  'no-audio-here': { is: 'no-audio-here' },
  'file-gone': { is: 'file-gone' },
  'file-too-large': { is: 'file-too-large', most: 104_857_600 },
  'file-too-long': { is: 'file-too-long', most: 240, seconds: 301 },
  'model-of-other-engine': { is: 'model-of-other-engine', model: 'FUZZ-1.0', engine: 'suno' },
  'input-unknown-to-engine': { is: 'input-unknown-to-engine', option: 'seed', engine: 'suno' },
  'action-not-served': { is: 'action-not-served', label: 'Cover', until: new Date(1_773_385_820_000) },
  'out-of-credits': {
    is: 'out-of-credits',
    whose: 'member',
    price: 3,
    left: 1,
    resetAt: new Date(1_773_385_820_000),
  },
  blocked: { is: 'blocked' },
  paused: { is: 'paused' },
  'forbidden-word': { is: 'forbidden-word' },
  'other-channels': { is: 'other-channels', channels: ['200000000000000002'] },
  'admins-only': { is: 'admins-only' },
  'operators-only': { is: 'operators-only' },
  'server-only': { is: 'server-only' },
  'not-a-member': { is: 'not-a-member' },
  'no-such-time-zone': { is: 'no-such-time-zone' },
  'order-gone': { is: 'order-gone' },
  'job-gone': { is: 'job-gone' },
  'not-yours': { is: 'not-yours' },
  'not-here': { is: 'not-here' },
  'songs-under-way': { is: 'songs-under-way' },
  'too-much-to-send': { is: 'too-much-to-send' },
  'cannot-post-there': { is: 'cannot-post-there', channel: '200000000000000002' },
  'cannot-convert': { is: 'cannot-convert', format: 'ogg' },
  'download-too-large': { is: 'download-too-large', format: 'wav', most: 10_485_760 },
  'already-over': { is: 'already-over' },
  'no-lyrics': { is: 'no-lyrics' },
  'old-button': { is: 'old-button' },
  'unknown-command': { is: 'unknown-command' },
  rush: { is: 'rush' },
  'shutting-down': { is: 'shutting-down' },
} satisfies { [R in RefusalReason as R['is']]: R };

const failures: Record<Exclude<FailReason, `upstream:${string}`>, true> = {
  rejected: true,
  'not-served': true,
  unauthorized: true,
  'out-of-credit': true,
  'no-result': true,
  'bad-audio': true,
  'bad-file': true,
  'waited-too-long': true,
};

/** Short enough for a message, ended, and without a hole where a value should be. */
const sentence = /^(?!.*(undefined|null|NaN|\[object|Invalid Date))[A-Z“`I].{5,600}[.?!”`]$/s;

describe('a refusal', () => {
  it.each(Object.values<RefusalReason>(refusals))('has a sentence: $is', (reason) => {
    expect(en.refusal(reason)).toMatch(sentence);
  });

  it('tells what a member needs to do better', () => {
    const text = en.refusal(refusals['too-long']);
    for (const part of ['style', '1000', '1001', 'Suno']) expect(text).toContain(part);
    expect(en.refusal({ is: 'too-long', option: 'x', max: 1, length: 2 })).not.toContain('undefined');
    expect(en.refusal(refusals['action-not-served'])).toContain('<t:1773385820:R>');
    const poor = en.refusal(refusals['out-of-credits']);
    for (const part of ['3 credits', '1 credit ', '<t:1773385820:R>']) expect(poor).toContain(part);
    expect(en.refusal(refusals['other-channels'])).toContain('<#200000000000000002>');
    expect(en.refusal({ is: 'action-not-served', label: 'Cover', until: null })).toMatch(sentence);
  });
});

describe('a failure', () => {
  it.each(Object.keys(failures))('has a sentence: %s', (why) => {
    expect(en.failure(why)).toMatch(sentence);
  });

  it('has a sentence of its own for each reason', () => {
    const texts = Object.keys(failures).map((why) => en.failure(why));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("tells the song API's own words, or that there were none", () => {
    expect(en.failure('upstream:bad words')).toContain('“bad words”');
    expect(en.failure('upstream:')).toMatch(sentence);
    expect(en.failure('upstream:  ')).toBe(en.failure('upstream:'));
  });

  it('that a later version has written still has a sentence', () => {
    expect(en.failure('something-new')).toMatch(sentence);
  });
});

describe('the words', () => {
  it('name every state of a job', () => {
    const states: Record<JobState, true> = {
      queued: true,
      submitting: true,
      submitted: true,
      running: true,
      succeeded: true,
      failed: true,
      cancelled: true,
      lost: true,
      unconfirmed: true,
    };
    expect(Object.keys(en.jobs.states).toSorted()).toEqual(Object.keys(states).toSorted());
    expect(Object.values(en.jobs.states).every((word) => word.length > 0)).toBe(true);
  });

  it('are there for every language that Discord has', () => {
    for (const locale of ['en-GB', 'de', 'pt-BR', 'xx', ''])
      expect(wordsFor(locale).help.title.length).toBeGreaterThan(0);
  });

  it('fit a button', () => {
    for (const label of Object.values(en.buttons)) expect(label.length).toBeLessThanOrEqual(80);
  });

  it('apologise with the reference that an operator can look up', () => {
    expect(en.fault('400000000000000001')).toContain('400000000000000001');
    expect(en.cannotWrite('400000000000000001')).toMatch(sentence);
    expect(en.cannotWrite('400000000000000001')).toContain('400000000000000001');
  });
});
