/** What of the files fits into one message, and what to try when Discord finds it too much after all. */
import { discordLimits } from './limits.ts';

/** In bytes. */
export interface UploadRoom {
  /** Of each file. */
  file: number;
  /** Of all files together. */
  all: number;
}

/** For the words of the message, and for lists of links. */
const spareBytes = 256 * 1024;

/** `limit`: bytes for each file, as Discord announced for this interaction. */
export function uploadRoom(limit: number): UploadRoom {
  // A file that boosts or Nitro allow may be larger than what ordinary requests may be.
  return { file: limit, all: Math.max(discordLimits.requestBytes, limit) - spareBytes };
}

/** Less, after these sizes have been refused: first what everybody has, then by halves. */
export function lessRoom(room: UploadRoom, refused: readonly number[]): UploadRoom {
  const largest = Math.max(...refused);
  const sum = refused.reduce((all, size) => all + size, 0);
  const usual = uploadRoom(discordLimits.attachmentBytes);
  if (room.file > usual.file && (largest > usual.file || sum > usual.all)) return usual;
  return { file: Math.floor(largest / 2), all: Math.min(room.all, Math.floor(sum / 2)) };
}

/**
 * How large each may be so that all fit: the small ones are left alone, the large ones share what is left evenly.
 * At most `room.file`.
 */
export function evenShare(sizes: readonly number[], room: UploadRoom): number {
  let left = room.all;
  const ascending = sizes.toSorted((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    const share = left / (ascending.length - index);
    if (Math.min(size, room.file) > share) return Math.floor(share);
    left -= Math.min(size, room.file);
  }
  return room.file;
}
