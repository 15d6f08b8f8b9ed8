import { drawPicture } from './easel.ts';
import type { SongPicture } from './song-picture.ts';

/**
 * PNG of 960 × 320 pixels for the `image` of a finished song's embed: its title, style, engine, model and length, its
 * waveform when `peaks` are known, and art of its own. `withArt: false` leaves the art out, for a song that has a cover
 * from the song API in the embed's `thumbnail`. The same song gives the same bytes.
 */
export function drawSongCard(song: SongPicture, withArt = true): Promise<Buffer> {
  return drawPicture({ draw: 'song-card', song, withArt });
}
