import type { Piece } from './composer/piece.ts';
import type { MediaContent } from './media-host.ts';

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
  piece: Piece;
  /** Of an extension: what it goes on from, and the second up to which that is kept. */
  continues?: { piece: Piece; at: number };
  /** What comes instead of a composed song: an upload, a script's bytes, a file that is made as it is sent. */
  file?: { content: MediaContent; contentType: string };
  audioUrl: string;
  imageUrl: string;
  videoUrl?: string;
  wavUrl?: string;
}

/** A file beside the clips' own audio and cover. */
export interface ExtraFile {
  path: string;
  contentType: string;
  content: MediaContent;
}

/** What the upstream makes of an order. */
export interface UpstreamJob {
  clips: UpstreamClip[];
  files: ExtraFile[];
  /** What comes instead of clips: lyrics, tags, a tempo. */
  result?: unknown;
  /** The record's, where it isn't the first clip's audio. */
  resultUrl?: string;
  /** Why it can't be done. */
  failure?: string;
  /** False while a file is still being fetched: not done, whatever the clock says. */
  ready: boolean;
  /** Its songs are still being composed: whoever asked for their files now would be kept waiting. */
  composing?: boolean;
}
