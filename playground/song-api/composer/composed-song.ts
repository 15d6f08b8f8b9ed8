/** When a word of the lyrics is sung, in seconds. */
export interface SungWord {
  word: string;
  start: number;
  end: number;
  /** Which line it is in, counted from 0 as they are sung. */
  line: number;
  /** "[Chorus]": the mark in the lyrics before that line, or nothing. */
  mark: string;
}

/** What comes out of the composer. */
export interface ComposedSong {
  /** m4a: AAC in MP4, index in front. */
  audio: Buffer;
  /** JPEG, 640 by 640. */
  cover: Buffer;
}
