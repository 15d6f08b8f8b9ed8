import { z } from 'zod';

/** The two groups of the song API, which members know as engines. */
export const platforms = ['producer', 'suno'] as const;
export type Platform = (typeof platforms)[number];

/** What a member can ask for. Names are ours; the catalogue maps them to wire fields. */
export const songInputsSchema = z.object({
  prompt: z.string().optional(),
  style: z.string().optional(),
  lyrics: z.string().optional(),
  title: z.string().optional(),
  instrumental: z.boolean().optional(),
  model: z.string().optional(),
  /** A decimal string: seeds exceed what a double holds. */
  seed: z.string().regex(/^\d+$/).optional(),
  /** The clip to work on, by the song API's own id; never the id of a task. */
  clip: z.string().min(1).max(191).optional(),
  /** A second one, to mix with the first. */
  otherClip: z.string().min(1).max(191).optional(),
  /** Seconds into the clip. */
  from: z.number().min(0).max(3600).optional(),
  to: z.number().min(0).max(3600).optional(),
  /** How much of the original is kept, 0 to 1. */
  strength: z.number().min(0).max(1).optional(),
  format: z.enum(['m4a', 'mp3', 'wav']).optional(),
  /** Where the song API finds a file that it should take in. */
  fileUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Style words to be spelt out. */
  tags: z.string().optional(),
  soundType: z.enum(['one-shot', 'loop']).optional(),
  bpm: z.number().int().min(1).max(300).optional(),
  /** Musical: "C", "F#", "Am". */
  key: z
    .string()
    .regex(/^[A-G][#b]?m?$/)
    .optional(),
  degree: z.enum(['subtle', 'normal', 'high']).optional(),
  /** Of a voice. */
  name: z.string().optional(),
});
export type SongInputs = z.infer<typeof songInputsSchema>;
export type InputName = keyof SongInputs;

/** A finished clip as the song API described it. Everything but the audio is optional: sources disagree. */
export const clipSchema = z.object({
  clipId: z.string(),
  title: z.string().nullable(),
  style: z.string().nullable(),
  lyrics: z.string().nullable(),
  audioUrl: z.string(),
  imageUrl: z.string().nullable(),
  model: z.string().nullable(),
  seed: z.string().nullable(),
  /** Seconds; null where the song API says nothing, then the file is asked. */
  seconds: z.number().positive().nullable(),
});
export type Clip = z.infer<typeof clipSchema>;
