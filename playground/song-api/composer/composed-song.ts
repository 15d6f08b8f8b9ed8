/** When a word of the lyrics is sung, in seconds. */
export interface SungWord {
  word: string;
  start: number;
  end: number;
}

/** What comes out of the composer for one request. */
export interface ComposedSong {
  /** m4a: AAC in MP4, index in front. */
  audio: Buffer;
  /** JPEG, 640 by 640. */
  cover: Buffer;
  /** Of the composition, not measured. */
  bpm: number;
  words: SungWord[];
}

/** One track of the mix as a file of its own: "vocals", "drums", "bass", "chords", "pad", "lead". */
export interface ComposedStem {
  name: string;
  audio: Buffer;
}
