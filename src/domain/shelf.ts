/** What a member looks for among the songs: the filters of a list. */
import { z } from 'zod';
import { deedNames } from './deeds.ts';
import { platforms } from './song.ts';

/** Whose songs: one's own in every server, what this server's members made for all to hear, one's favourites. */
export const shelfOwners = ['mine', 'server', 'favourites', 'everything'] as const;

export const shelfSchema = z.object({
  whose: z.enum(shelfOwners),
  engine: z.enum(platforms).nullable(),
  /** How they came about. */
  kind: z.enum(deedNames).nullable(),
  /** Each word must occur in title or style; empty: any. */
  words: z.string(),
});
export type Shelf = z.infer<typeof shelfSchema>;
