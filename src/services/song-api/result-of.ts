/**
 * What a finished task brought, read for what its member waits for. CCAPI documents the result of MUSIC only; for the
 * rest every shape that a sister gateway shows is looked for (song-api.md 5.5), and null says that none was there.
 */
import type { Result, Stem, SungWord, Yields } from '../../domain/result.ts';
import { clipSchema, type Clip } from '../../domain/song.ts';
import { address, isFields, secondsOf, text, type Fields } from './scalars.ts';

export interface Payload {
  /** The record's `data`, unwrapped. */
  data: unknown;
  /** The record's lone address, where it is one. */
  resultUrl: string | null;
}

/** Bounds on what a stranger may have us keep. */
const most = { clips: 10, stems: 40, words: 5000, lyrics: 10_000 };

export function resultOf(payload: Payload, yields: Yields): Result | null {
  switch (yields) {
    case 'clips': {
      const clips = clipsIn(payload);
      if (clips.length > 0) return { is: 'clips', clips };
      // musicapi's Extract Vocals keeps the voice and says only by which id it goes on from there.
      return firstText(payload.data, ['vox_audio_id'], 191) === null ? null : handleIn(payload);
    }
    case 'handle':
      return handleIn(payload);
    case 'stems': {
      const stems = stemsIn(payload.data);
      return stems.length === 0 ? null : { is: 'stems', stems };
    }
    case 'lyrics':
      return lyricsIn(payload.data);
    case 'audio':
      return fileIn(payload, 'audio', ['wav_url', 'audio_url', 'audioUrl', 'url']);
    case 'video':
      return fileIn(payload, 'video', ['video_url', 'videoUrl', 'url']);
    case 'midi':
      return fileIn(payload, 'midi', ['midi_url', 'midiUrl', 'url']);
    case 'timing': {
      const words = wordsIn(payload.data);
      return words.length === 0 ? null : { is: 'timing', words };
    }
    case 'bpm':
      return bpmIn(payload.data);
    case 'tags': {
      const tags = firstText(payload.data, ['upsampled_tags', 'tags', 'text'], 3000);
      return tags === null ? null : { is: 'tags', tags };
    }
    case 'records':
      return null;
  }
}

/** Clips stand in `data.clips` (Producer) or are `data` itself (Suno); a lone `result_url` is one, too. */
function clipsIn({ data, resultUrl }: Payload): Clip[] {
  const clips = listed(data).flatMap((clip) => clipOf(clip) ?? []);
  if (clips.length > 0) return clips.slice(0, most.clips);
  const lone = clipOf(data) ?? clipOf({ audio_url: resultUrl });
  return lone === undefined ? [] : [lone];
}

function listed(data: unknown): unknown[] {
  const list = isFields(data) ? (data['clips'] ?? data['musics']) : data;
  return Array.isArray(list) ? (list as unknown[]) : [];
}

/** The payload itself and each clip in it: where a lone value may stand. */
function places(data: unknown): Fields[] {
  return [data, ...listed(data)].filter(isFields);
}

function firstText(data: unknown, names: readonly string[], max: number): string | null {
  for (const place of places(data))
    for (const name of names) {
      const found = text(place[name], max);
      if (found !== null) return found;
    }
  return null;
}

function firstAddress(data: unknown, names: readonly string[]): string | null {
  for (const name of names)
    for (const place of places(data)) {
      const found = address(place[name]);
      if (found !== null) return found;
    }
  return null;
}

function clipOf(clip: unknown): Clip | undefined {
  if (!isFields(clip)) return undefined;
  const audioUrl = address(clip['audio_url'] ?? clip['audioUrl']);
  if (audioUrl === null) return undefined;
  const metadata = isFields(clip['metadata']) ? clip['metadata'] : {};
  const parsed = clipSchema.safeParse({
    clipId: text(clip['clip_id'] ?? clip['id'], 191) ?? '',
    title: text(clip['title'], 300),
    style: text(clip['sound'] ?? clip['tags'] ?? metadata['tags'], 3000),
    lyrics: text(clip['lyrics'] ?? metadata['prompt'], 10_000),
    audioUrl,
    imageUrl: address(clip['image_url'] ?? clip['imageUrl'] ?? clip['image_large_url']),
    model: text(clip['mv'] ?? clip['model_name'], 100),
    seed: text(clip['seed'], 40),
    seconds: secondsOf(clip['duration'] ?? metadata['duration']),
  } satisfies Record<keyof Clip, unknown>);
  return parsed.success ? parsed.data : undefined;
}

/** `{clip_id}` of a clip, `{audio_id}` (AceData), `{id, url}` (MountSea). */
function handleIn({ data, resultUrl }: Payload): Result | null {
  const clipId = firstText(data, ['clip_id', 'clipId', 'audio_id', 'vox_audio_id', 'persona_id', 'id'], 191);
  if (clipId === null) return null;
  return {
    is: 'handle',
    clipId,
    title: firstText(data, ['title'], 300),
    lyrics: firstText(data, ['lyrics'], most.lyrics),
    audioUrl: firstAddress(data, ['audio_url', 'audioUrl', 'url']) ?? resultUrl,
    seconds:
      places(data)
        .map((place) => secondsOf(place['duration']))
        .find((seconds) => seconds !== null) ?? null,
  };
}

/** A clip for each, the stem named at the end of its title; or an object of addresses by name. */
function stemsIn(data: unknown): Stem[] {
  const clips = listed(data).flatMap((clip, index): Stem[] => {
    const read = clipOf(clip);
    if (read === undefined) return [];
    const inBrackets = /\(([^()]{1,40})\)\s*$/.exec(read.title ?? '')?.[1];
    return [{ name: inBrackets ?? read.title ?? `Stem ${index + 1}`, url: read.audioUrl }];
  });
  if (clips.length > 0) return clips.slice(0, most.stems);
  const named = isFields(data) ? (isFields(data['stems']) ? data['stems'] : data) : {};
  return Object.entries(named)
    .flatMap(([key, value]): Stem[] => {
      const url = address(isFields(value) ? (value['audio_url'] ?? value['url']) : value);
      return url === null || /image|video|cover/i.test(key) ? [] : [{ name: stemName(key), url }];
    })
    .slice(0, most.stems);
}

/** "backing_vocals_url", "backingVocalsUrl" -> "Backing vocals". */
function stemName(key: string): string {
  const words = key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .replace(/ (audio )?url$/i, '')
    .trim()
    .toLowerCase()
    .slice(0, 40);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function lyricsIn(data: unknown): Result | null {
  const lyrics =
    typeof data === 'string'
      ? text(data, most.lyrics)
      : firstText(data, ['lyrics', 'text', 'lyric'], most.lyrics);
  return lyrics === null ? null : { is: 'lyrics', title: firstText(data, ['title'], 300), lyrics };
}

function fileIn(
  { data, resultUrl }: Payload,
  of: 'audio' | 'video' | 'midi',
  names: readonly string[],
): Result | null {
  const url = firstAddress(data, names) ?? resultUrl;
  return url === null ? null : { is: 'file', of, url };
}

/** TTAPI's `alignment` of words, or lines with the time at which each begins. */
function wordsIn(data: unknown): SungWord[] {
  if (!isFields(data)) return [];
  const list = data['alignment'] ?? data['alignedLyrics'] ?? data['aligned_lyrics'] ?? data['aligned_words'];
  const words = (Array.isArray(list) ? (list as unknown[]) : [])
    .slice(0, most.words)
    .flatMap((word): SungWord[] => {
      if (!isFields(word)) return [];
      const sung = word['word'] ?? word['text'];
      const start = timeIn(word['start_s'] ?? word['start'] ?? word['time']);
      if (typeof sung !== 'string' || sung === '' || start === null) return [];
      const end = timeIn(word['end_s'] ?? word['end']);
      const isLine = word['word'] === undefined;
      return [
        { text: (isLine ? `${sung}\n` : sung).slice(0, 500), start, end: Math.max(start, end ?? start) },
      ];
    });
  // Lines without an end last until the next one.
  return words.map((word, index) =>
    word.end > word.start
      ? word
      : { ...word, end: Math.max(word.start, words[index + 1]?.start ?? word.start + 4) },
  );
}

/** Seconds from the beginning: zero is one, too. */
function timeIn(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 0 && seconds <= 7200 ? seconds : null;
}

function bpmIn(data: unknown): Result | null {
  const beats = (names: readonly string[]): number | null => {
    const number = Number(firstText(data, names, 20) ?? Number.NaN);
    return number > 0 && number < 1000 ? number : null;
  };
  const average = beats(['avg_bpm', 'bpm', 'average_bpm', 'tempo']);
  return average === null ? null : { is: 'bpm', average, min: beats(['min_bpm']), max: beats(['max_bpm']) };
}
