/** What a song keeps of the one that it is made from. */
export type Keeps =
  /** Key, tempo, band and theme; it goes on from there in a form of its own. */
  | 'theme'
  /** Form, key, tempo, chords and tune; the band is new. */
  | 'chords'
  /** Form, chords and band; the tune is new. */
  | 'band'
  /** All of the music: only words, voice or polish are new. */
  | 'everything';

/** What the composer needs to know. The same request always gives the same bytes. */
export interface SongRequest {
  /** Description and style words together: they steer tempo, key, band and form. */
  words: string;
  title: string;
  /** Sung line by line; lines in square brackets are section marks. Empty when nobody sings. */
  lyrics: string;
  instrumental: boolean;
  /** Length of the audio. Of a song that keeps another's form: that one's. */
  seconds: number;
  seed: number;
  /** Absent for a song from nothing but words. */
  kin?: { of: SongRequest; keeps: Keeps };
  /** How much the heights are lifted at the desk: 0 to 1, which is 9 dB. */
  polish?: number;
  /** Whether the voice is the other one: high for low, low for high. */
  otherVoice?: boolean;
  /** No song at all, but a sound: a single stroke, or bars that can be repeated without a seam. */
  sound?: SoundWish;
}

export interface SoundWish {
  form: 'one-shot' | 'loop';
  /** Beats a minute; null leaves it to the words. */
  bpm: number | null;
  /** "C", "F#", "Am"; null leaves it to the words. */
  key: string | null;
}
