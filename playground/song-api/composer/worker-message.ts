import type { Piece } from './piece.ts';

/** A song is an m4a with its cover; the others are one file. */
export type Making = 'song' | 'wav' | 'video';

/** What the composer asks of a worker. */
export interface WorkerOrder {
  id: number;
  make: Making;
  piece: Piece;
  title: string;
}

export type WorkerAnswer =
  | { id: number; files: readonly Uint8Array<ArrayBuffer>[] }
  | { id: number; files?: never; why: string };
