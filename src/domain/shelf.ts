/** What a member looks for among the songs: the filters of a list, and how a button carries them. */
import { deedNames, type DeedName } from './deeds.ts';
import { plainWords } from './guild-settings.ts';
import { platforms, type Platform } from './song.ts';

/** Whose songs: one's own in every server, what this server's members made for all to hear, one's favourites. */
export const shelfOwners = ['mine', 'server', 'favourites', 'everything'] as const;
export type ShelfOwner = (typeof shelfOwners)[number];

export interface Shelf {
  whose: ShelfOwner;
  engine: Platform | null;
  /** How they came about. */
  kind: DeedName | null;
  /** In plain form; each must occur in title, style or prompt. Empty: any. */
  words: string;
}

/** UTF-16 units of words that are looked for: with all filters they fit into a custom id. */
export const longestSearch = 60;
/** Farther than anybody turns: 100,000 songs. */
export const lastPage = 9_999;

/** A page, from 1, of a shelf: `mine.suno.cover.2.rain harbour`; `-` for any. At most 97 UTF-16 units. */
export function encodeShelf({ whose, engine, kind, words }: Shelf, page: number): string {
  return [whose, engine ?? '-', kind ?? '-', page, wordsFor(words)].join('.');
}

/** Undefined for what `encodeShelf` doesn't write. */
export function decodeShelf(text: string): { shelf: Shelf; page: number } | undefined {
  const match = /^([a-z]+)\.([a-z]+|-)\.([a-z-]+)\.(\d{1,4})\.(.*)$/su.exec(text);
  if (match === null) return undefined;
  const [, seenWhose, seenEngine, seenKind, digits, words = ''] = match;
  const whose = shelfOwners.find((known) => known === seenWhose);
  const engine = seenEngine === '-' ? null : platforms.find((known) => known === seenEngine);
  const kind = seenKind === '-' ? null : deedNames.find((known) => known === seenKind);
  if (whose === undefined || engine === undefined || kind === undefined) return undefined;
  const found = { shelf: { whose, engine, kind, words }, page: Number(digits) };
  return encodeShelf(found.shelf, found.page) === text ? found : undefined;
}

/** As they are compared; one form may be longer than what was typed. */
export function wordsFor(typed: string): string {
  return plainWords(typed).slice(0, longestSearch).toWellFormed().replaceAll('\ufffd', '').trim();
}
