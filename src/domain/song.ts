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
