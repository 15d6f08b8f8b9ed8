/**
 * What members can have done, by the words they use for it. A deed is one command and one button; which row of the
 * catalogue serves it depends on the platform of the song that it is done to.
 */
import type { InputName } from './song.ts';

export interface Deed {
  /** What a member is asked for in a form, besides the song, in this order; only what the row takes is shown. */
  asks: readonly InputName[];
  /** Done to a song of the library. */
  toSong: boolean;
}

const toSong = (...asks: InputName[]): Deed & { toSong: true } => ({ toSong: true, asks });
const byItself = (...asks: InputName[]): Deed & { toSong: false } => ({ toSong: false, asks });

export const deeds = {
  song: byItself('prompt', 'style', 'lyrics', 'title'),
  lyrics: byItself('prompt'),
  extend: toSong('from', 'style', 'lyrics', 'title'),
  cover: toSong('style', 'lyrics', 'title', 'strength'),
  variation: toSong(),
  replace: toSong('from', 'to', 'lyrics', 'style'),
  'swap-vocals': toSong('style', 'lyrics', 'strength'),
  'swap-instrumentals': toSong('style', 'strength'),
  stems: toSong(),
  'stems-all': toSong(),
  'add-vocals': toSong('lyrics', 'style', 'from', 'to'),
  'add-instrumental': toSong('style', 'from', 'to'),
  remaster: toSong('degree'),
  mashup: toSong('otherClip', 'style', 'lyrics', 'title'),
  sample: toSong('from', 'to', 'prompt', 'style'),
  sound: byItself('prompt', 'soundType', 'bpm', 'key'),
  midi: toSong(),
  concat: toSong(),
  karaoke: toSong(),
  bpm: toSong(),
  acapella: toSong('from', 'to'),
  tags: byItself('tags'),
  video: toSong(),
  download: toSong('format'),
  upload: byItself(),
  persona: toSong('name', 'style'),
  /** Not asked for by anybody: how the bot itself asks about tasks. */
  watch: byItself(),
} satisfies Record<string, Deed>;

export type DeedName = keyof typeof deeds;
export const deedNames = Object.keys(deeds) as [DeedName, ...DeedName[]];

/** What is done to a song: on every card, each has a button or an entry in its select. */
export type SongDeedName = {
  [N in DeedName]: (typeof deeds)[N]['toSong'] extends true ? N : never;
}[DeedName];
export const songDeedNames = deedNames.filter((name) => deeds[name].toSong) as SongDeedName[];

export const isSongDeed = (name: string): name is SongDeedName =>
  songDeedNames.some((known) => known === name);
