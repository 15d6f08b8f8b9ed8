import { z } from 'zod';
import type { SoundWish } from './composer/song-request.ts';
import type { Platform } from './platform.ts';

/** What a submit asks for, whichever of the documented dialects it speaks. */
export interface SongOrder {
  prompt: string;
  style: string;
  lyrics: string;
  title: string;
  instrumental: boolean;
  /** Model name, echoed; empty if none was asked for. */
  model: string;
  /** Seeds are decimal strings upstream; null without one. */
  seed: string | null;
  /** The clip that a follow-up works on (an upstream clip id, never a `task_…` id). */
  parentIds: string[];
  startsAt: number | null;
  endsAt: number | null;
  /** A file that an upload should take in. */
  fileUrl: string | null;
  /** Of downloads: "m4a" unless another is asked for. */
  format: string;
  /** Of remasters. */
  polish: 'subtle' | 'normal' | 'high';
  /** Of sounds. */
  sound: SoundWish;
}

const text = z.string().catch('');
const flag = z.boolean().catch(false);
const seconds = z.coerce.number().finite().nullable().catch(null);

/** The same thing under the names that the old CCAPI page, TTAPI, musicapi, AceDataCloud and stock Suno give it. */
const wordsFor = {
  style: ['style', 'sound_prompt', 'sound', 'tags'],
  lyrics: ['lyrics', 'lyrics_text', 'lyric', 'infill_lyrics'],
  description: ['gpt_description_prompt'],
  instrumental: ['make_instrumental', 'instrumental'],
  model: ['mv', 'model'],
  parent: [
    'clip_id',
    'music_id',
    'audio_id',
    'audioId',
    'continue_clip_id',
    'swap_audio_id',
    'clip_ids',
    'music_ids',
    'audio_ids',
  ],
  startsAt: [
    'starts',
    'starts_at',
    'continue_at',
    'infill_start_s',
    'overpainting_start_s',
    'vocal_start_s',
    'start_s',
    'start',
  ],
  endsAt: ['ends', 'ends_at', 'infill_end_s', 'overpainting_end_s', 'vocal_end_s', 'end_s', 'end'],
  file: ['audio_url', 'audioUrl', 'url'],
  format: ['format', 'audio_format'],
} as const;

export function readSongOrder(platform: Platform, body: Record<string, unknown>): SongOrder {
  const first = (names: readonly string[]): string =>
    names.map((name) => text.parse(body[name])).find((value) => value.trim() !== '') ?? '';
  const number = (names: readonly string[]): number | null => {
    const name = names.find((candidate) => body[candidate] !== undefined && body[candidate] !== null);
    return name === undefined ? null : seconds.parse(body[name]);
  };

  const description = first(wordsFor.description);
  const ownPrompt = text.parse(body['prompt']);
  const parentIds = wordsFor.parent
    .flatMap((name) => body[name])
    .filter((id): id is string => typeof id === 'string');
  // Suno's `prompt` is the text to be sung, unless there is nothing else to go by.
  const isCustom = body['custom'] === true || text.parse(body['tags']) !== '' || parentIds.length > 0;
  const promptIsSung = platform === 'suno' && (description !== '' || isCustom);
  const instrumental = wordsFor.instrumental.some((name) => flag.parse(body[name]));
  const lyrics = first(wordsFor.lyrics) || (promptIsSung ? ownPrompt : '');
  const seed = body['seed'];

  return {
    prompt: (promptIsSung ? description : description || ownPrompt) || text.parse(body['instruction']),
    style: [first(wordsFor.style), genderOf(body['vocal_gender'])].filter((words) => words !== '').join(', '),
    lyrics,
    title: text.parse(body['title']),
    instrumental,
    model: first(wordsFor.model),
    seed: typeof seed === 'string' && seed !== '' ? seed : typeof seed === 'number' ? String(seed) : null,
    parentIds,
    startsAt: number(wordsFor.startsAt),
    endsAt: number(wordsFor.endsAt),
    fileUrl: first(wordsFor.file) || null,
    format: first(wordsFor.format).toLowerCase() || 'm4a',
    polish: z.enum(['subtle', 'normal', 'high']).catch('normal').parse(body['variation_category']),
    sound: {
      form: body['type'] === 'loop' ? 'loop' : 'one-shot',
      bpm: number(['bpm']),
      key: text.parse(body['key']) || null,
    },
  };
}

/** "Male", "m", "Female", "f": a word of style to the composer. */
function genderOf(value: unknown): string {
  const letter = text.parse(value).slice(0, 1).toLowerCase();
  return letter === 'f' ? 'female' : letter === 'm' ? 'male' : '';
}
