import type { SongRequest } from './song-request.ts';
import type { StemKit } from './tracks.ts';

/** What a clip is made of: a song, parts of pieces one after the other, or one stem of a piece. */
export type Piece =
  | { is: 'song'; request: SongRequest }
  | { is: 'joined'; spans: readonly Span[] }
  | { is: 'stem'; of: Piece; kit: StemKit; name: string };

/** Seconds of a piece, from its start. */
export interface Span {
  piece: Piece;
  from: number;
  to: number;
}

/** The same piece with every song in it changed; all times stay, so the change must keep lengths. */
export function recast(piece: Piece, change: (request: SongRequest) => SongRequest): Piece {
  switch (piece.is) {
    case 'song':
      return { is: 'song', request: change(piece.request) };
    case 'joined':
      return {
        is: 'joined',
        spans: piece.spans.map((span) => ({ ...span, piece: recast(span.piece, change) })),
      };
    case 'stem':
      // Nobody covers a drum track alone: the song that it is from is meant.
      return recast(piece.of, change);
  }
}

/** What its first song was asked to be. */
export function wordsOf(piece: Piece): string {
  if (piece.is === 'song') return piece.request.words;
  const inner = piece.is === 'stem' ? piece.of : piece.spans[0]?.piece;
  return inner === undefined ? '' : wordsOf(inner);
}
