import { expect, test } from 'vitest';
import { scoreOf } from '../../playground/song-api/composer/piece-score.ts';
import type { Score } from '../../playground/song-api/composer/score.ts';
import type { UpstreamClip } from '../../playground/song-api/upstream-job.ts';
import { openSongApi } from './song-api-client.ts';

type Run = (path: string, body: object) => Promise<UpstreamClip>;

/** Runs an action and hands back its first clip, as the upstream knows it. */
async function openStudio(): Promise<Run> {
  const client = await openSongApi({ enabled: 'all', songSeconds: 20 });
  return async (path, body) => {
    const id = await client.submit(body, `/${path.replace('/', '/submit/')}`);
    client.api.finishAll();
    const task = client.api.tasks.get(id);
    expect(task?.failReason).toBe('');
    return task!.clips[0]!;
  };
}

const lyrics = 'one and two\nthree and four\nfive and six\nseven and eight\nnine and ten\neleven, twelve';
const rock = { prompt: 'rock in E minor', lyrics };
const planOf = ({ piece }: UpstreamClip): ReturnType<typeof scoreOf>['plans'][0]['plan'] =>
  scoreOf(piece).plans[0].plan;
const onsets = (score: Score, from: number, to: number): number[] =>
  [...score.drums, ...score.chords].map(({ at }) => at).filter((at) => at >= from && at < to);

test('Producer extends a song as a whole, from where it was told to', async () => {
  const run = await openStudio();
  const parent = await run('producer/MUSIC', rock);
  const longer = await run('producer/EXTEND', { clip_id: parent.clipId, starts: 10 });
  const [before, after] = [scoreOf(parent.piece), scoreOf(longer.piece)];
  const cut = after.plans[1]!.from;
  expect(Math.abs(cut - 10)).toBeLessThan(2);
  expect(longer.seconds).toBeCloseTo(cut + 20 - 0.1, 3);
  expect(onsets(after.score, 0, cut - 0.1)).toEqual(onsets(before.score, 0, cut - 0.1));
  // The words go on where they were left off.
  const sung = after.score.words.map(({ word }) => word.toLowerCase());
  const numbers = ['one', 'three', 'five', 'seven', 'nine', 'eleven'].filter((word) => sung.includes(word));
  expect(numbers.length).toBeGreaterThan(3);
  expect(sung.filter((word) => word === 'one')).toHaveLength(1);
});

test('Suno extends with the new part alone, which is joined to its parent by another action', async () => {
  const run = await openStudio();
  const parent = await run('suno/MUSIC', { custom: true, prompt: lyrics, tags: 'rock' });
  const part = await run('suno/EXTEND', { clip_id: parent.clipId, continue_at: 8 });
  expect(part.seconds).toBe(20);
  expect(planOf(part)).toMatchObject({ bpm: planOf(parent).bpm, tonic: planOf(parent).tonic });
  const whole = await run('suno/CONCAT', { clip_id: part.clipId });
  expect(whole.seconds).toBeCloseTo(part.continues!.at + 20 - 0.1, 3);
  // An extension of the whole can be joined again.
  const more = await run('suno/EXTEND', { clip_id: whole.clipId });
  expect(more.continues!.at).toBeGreaterThan(20);
  expect((await run('suno/CONCAT', { clip_id: more.clipId })).seconds).toBeGreaterThan(40);
});

test('a replaced segment is new between its moments, and the rest as it was', async () => {
  const run = await openStudio();
  const parent = await run('producer/MUSIC', rock);
  const body = { clip_id: parent.clipId, starts: 6, ends: 12, lyrics: 'la la la la' };
  const changed = await run('producer/REPLACE', body);
  const [before, after] = [scoreOf(parent.piece).score, scoreOf(changed.piece).score];
  expect(changed.seconds).toBe(20);
  const words = (score: Score, from: number, to: number): string[] =>
    score.words.filter(({ start }) => start >= from && start < to).map(({ word }) => word);
  for (const [from, to] of [
    [0, 6],
    [12, 20],
  ] as const)
    expect(words(after, from, to)).toEqual(words(before, from, to));
  expect(new Set(words(after, 6, 12))).toEqual(new Set(['la']));
  // Documented: without an end it goes to the end.
  const end = await run('producer/REPLACE', { clip_id: parent.clipId, starts: 6, lyrics: 'la la' });
  expect(new Set(words(scoreOf(end.piece).score, 6, 20))).toEqual(new Set(['la']));
});

test('a mashup has the chords of the first and the band of the second', async () => {
  const run = await openStudio();
  const one = await run('suno/MUSIC', { custom: true, prompt: lyrics, tags: 'slow sad piano' });
  const two = await run('suno/MUSIC', { custom: true, prompt: 'la la', tags: 'fast happy techno' });
  const mixed = await run('suno/MASHUP', { clip_ids: [one.clipId, two.clipId] });
  const { bpm, tonic, chords } = planOf(one);
  expect(planOf(mixed)).toMatchObject({ bpm, tonic, chords, drums: planOf(two).drums });
  expect(scoreOf(mixed.piece).score.words[0]?.word).toBe(scoreOf(one.piece).score.words[0]?.word);
});

test('a sample opens the new song', async () => {
  const run = await openStudio();
  const parent = await run('suno/MUSIC', { custom: true, prompt: lyrics, tags: 'rock' });
  const body = { music_id: parent.clipId, start: 4, end: 9, gpt_description_prompt: 'a calm ending' };
  const song = await run('suno/SAMPLE', body);
  const [before, after] = [scoreOf(parent.piece).score, scoreOf(song.piece).score];
  expect(onsets(after, 0, 4.9)).toEqual(onsets(before, 4, 8.9).map((at) => expect.closeTo(at - 4, 6)));
  expect(song.seconds).toBeCloseTo(5 + 20 - 0.1, 3);
});

test('a loop has the tempo and the key that were asked for', async () => {
  const run = await openStudio();
  const loop = await run('suno/SOUNDS', { sound: 'house', type: 'loop', bpm: 120, key: 'F#m' });
  expect(loop.seconds).toBe(8);
  expect(planOf(loop)).toMatchObject({ bpm: 120, tonic: 42, mode: 'minor' });
  const door = await run('suno/SOUNDS', { sound: 'a door knock', type: 'one-shot' });
  expect(scoreOf(door.piece).score.drums).toMatchObject([{ drum: 'tom' }]);
});

test('vocals can be given to an instrumental, and exchanged', async () => {
  const run = await openStudio();
  const plain = await run('suno/MUSIC', { gpt_description_prompt: 'rock', make_instrumental: true });
  const sung = await run('suno/ADD_VOCALS', { clip_id: plain.clipId, prompt: lyrics });
  const [before, after] = [scoreOf(plain.piece).score, scoreOf(sung.piece).score];
  expect([before.words.length, after.words[0]?.word]).toEqual([0, 'one']);
  expect(after.drums).toEqual(before.drums);
  const song = await run('producer/MUSIC', rock);
  const swapped = await run('producer/SWAP_VOCALS', { clip_id: song.clipId });
  expect(planOf(swapped).voice).not.toBe(planOf(song).voice);
  expect(scoreOf(swapped.piece).score.bass).toEqual(scoreOf(song.piece).score.bass);
});
