/** What is known of a finished song when its pictures are drawn. All words come ready to be shown. */
export interface SongPicture {
  /** In any script and of any length; what is too long is cut. */
  title: string;
  /** The member's or the song API's description of the sound; colours follow from it. May be empty. */
  style: string;
  /** Such as "v5". May be empty. */
  model: string;
  /** Such as "Suno". May be empty. */
  engine: string;
  /** Length of the audio; null when it isn't known. */
  seconds: number | null;
  /** Loudness over time, from 0 to 1, any number of values; none: no waveform. */
  peaks?: readonly number[];
  /** The job's id: one seed, one picture. */
  seed: string;
}
