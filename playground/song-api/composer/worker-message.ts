import type { SungWord } from './composed-song.ts';
import type { SongRequest } from './song-request.ts';

/** What the composer asks of a worker. */
export interface WorkerOrder {
  id: number;
  make: 'song' | 'stems';
  request: SongRequest;
}

export type WorkerAnswer =
  | {
      id: number;
      made: 'song';
      song: { audio: Uint8Array<ArrayBuffer>; cover: Uint8Array; bpm: number; words: SungWord[] };
    }
  | { id: number; made: 'stems'; stems: { name: string; audio: Uint8Array<ArrayBuffer> }[] }
  | { id: number; made: 'nothing'; why: string };
