/** What the composer needs to know. The same request always gives the same bytes. */
export interface SongRequest {
  /** Description and style words together: they steer tempo, key, band and form. */
  words: string;
  title: string;
  /** Sung line by line; lines in square brackets are section marks. Empty when nobody sings. */
  lyrics: string;
  instrumental: boolean;
  /** Length of the audio. */
  seconds: number;
  seed: number;
}
