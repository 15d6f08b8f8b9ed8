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

const row = (toSong: boolean, ...asks: InputName[]): Deed => ({ toSong, asks });

export const deeds = {
  song: row(false, 'prompt', 'style', 'lyrics', 'title'),
  lyrics: row(false, 'prompt'),
  extend: row(true, 'from', 'style', 'lyrics', 'title'),
  cover: row(true, 'style', 'lyrics', 'title', 'strength'),
  variation: row(true),
  replace: row(true, 'from', 'to', 'lyrics', 'style'),
  'swap-vocals': row(true, 'style', 'lyrics', 'strength'),
  'swap-instrumentals': row(true, 'style', 'strength'),
  stems: row(true),
  'stems-all': row(true),
  'add-vocals': row(true, 'lyrics', 'style', 'from', 'to'),
  'add-instrumental': row(true, 'style', 'from', 'to'),
  remaster: row(true, 'degree'),
  mashup: row(true, 'otherClip', 'style', 'lyrics', 'title'),
  sample: row(true, 'from', 'to', 'prompt', 'style'),
  sound: row(false, 'prompt', 'soundType', 'bpm', 'key'),
  midi: row(true),
  concat: row(true),
  karaoke: row(true),
  bpm: row(true),
  acapella: row(true, 'from', 'to'),
  tags: row(false, 'tags'),
  video: row(true),
  download: row(true, 'format'),
  upload: row(false),
  persona: row(true, 'name', 'style'),
  /** Not asked for by anybody: how the bot itself asks about tasks. */
  watch: row(false),
} satisfies Record<string, Deed>;

export type DeedName = keyof typeof deeds;
export const deedNames = Object.keys(deeds) as [DeedName, ...DeedName[]];
