import { drawPicture } from './easel.ts';
import type { SongPicture } from './song-picture.ts';

/**
 * PNG of 640 × 640 pixels: a cover for a song that the song API gave none, for the tags of its file and for a
 * `thumbnail`, where the art is still to be recognized at 80 points but the title is not to be read. The same song gives
 * the same bytes, and the same art as on its card.
 */
export function drawSongCover(song: SongPicture): Promise<Buffer> {
  return drawPicture({ draw: 'song-cover', song });
}
