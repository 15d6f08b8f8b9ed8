import type { SongRequest } from './composer/song-request.ts';

/** One song of a task, as the upstream knows it. */
export interface UpstreamClip {
  /** The handle for follow-ups; also the stem of its files' names. */
  clipId: string;
  title: string;
  sound: string;
  lyrics: string;
  model: string;
  seed: string | null;
  /** Length of the audio. */
  seconds: number;
  /** When the upstream had it ready: ISO 8601 with microseconds. */
  createdAt: string;
  /** What the composer makes of it. */
  request: SongRequest;
  /** Which track of the mix it is; absent for the whole song. */
  stem?: string;
  /** Bytes that came from elsewhere: an upload, or a script's. */
  file?: { bytes: Buffer; contentType: string };
  audioUrl: string;
  imageUrl: string;
}

/** What the upstream makes of an order. */
export interface UpstreamJob {
  clips: UpstreamClip[];
  /** What comes instead of clips: lyrics, tags, a tempo. */
  result?: unknown;
  /** Why it can't be done. */
  failure?: string;
  /** False while a file is still being fetched: not done, whatever the clock says. */
  ready: boolean;
}
