/** What a finished task has brought, by the kind of its action. Everything in it was written by a stranger. */
import { z } from 'zod';
import { clipSchema } from './song.ts';

/** What an action makes. */
export const yields = [
  /** Songs, which go into the library. */
  'clips',
  /** The clip id of a file that was taken in; it goes into the library, too. */
  'handle',
  /** One file for each track of the mix. */
  'stems',
  'lyrics',
  'audio',
  'video',
  'midi',
  /** When each word is sung. */
  'timing',
  'bpm',
  'tags',
  /** Nothing of its own: it asks about other tasks. */
  'records',
] as const;
export type Yields = (typeof yields)[number];

const address = z.string().max(4096);

export const stemSchema = z.object({ name: z.string(), url: address });
export type Stem = z.infer<typeof stemSchema>;

/** A word or a line as it is sung, in seconds. A line's last word ends in a line break where the song API says so. */
export const sungWordSchema = z.object({
  text: z.string(),
  start: z.number().min(0),
  end: z.number().min(0),
});
export type SungWord = z.infer<typeof sungWordSchema>;

export const resultSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('clips'), clips: z.array(clipSchema).min(1) }),
  z.object({
    is: z.literal('handle'),
    clipId: z.string(),
    title: z.string().nullable(),
    lyrics: z.string().nullable(),
    /** Where the song API keeps it; null where it doesn't say. */
    audioUrl: address.nullable(),
    seconds: z.number().positive().nullable(),
  }),
  z.object({ is: z.literal('stems'), stems: z.array(stemSchema).min(1) }),
  z.object({ is: z.literal('lyrics'), title: z.string().nullable(), lyrics: z.string() }),
  z.object({ is: z.literal('file'), of: z.enum(['audio', 'video', 'midi']), url: address }),
  z.object({ is: z.literal('timing'), words: z.array(sungWordSchema).min(1) }),
  z.object({
    is: z.literal('bpm'),
    average: z.number(),
    min: z.number().nullable(),
    max: z.number().nullable(),
  }),
  z.object({ is: z.literal('tags'), tags: z.string() }),
]);
export type Result = z.infer<typeof resultSchema>;

/** The clips of a result; none where it brought something else. */
export function clipsIn(result: Result | undefined): z.infer<typeof clipSchema>[] {
  return result?.is === 'clips' ? result.clips : [];
}
