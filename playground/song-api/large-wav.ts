import { wavHead } from './composer/encode-wav.ts';
import type { StreamedFile } from './media-host.ts';

const chunkBytes = 64 * 1024;
const headBytes = 44;

/** A WAV of so many bytes, made as it is read: a quiet tone, the higher the larger `index`, that no memory ever holds whole. */
export function largeWav(bytes: number, index: number): StreamedFile {
  const dataBytes = Math.max(4, Math.floor((bytes - headBytes) / 4) * 4);
  const head = wavHead(dataBytes);
  const period = Buffer.alloc(chunkBytes);
  for (let frame = 0; frame < chunkBytes / 4; frame += 1) {
    // A whole number of waves in a chunk, so that chunks join without a click.
    const sample = Math.round(3_000 * Math.sin((2 * Math.PI * frame * (64 + 16 * index)) / (chunkBytes / 4)));
    period.writeInt16LE(sample, frame * 4);
    period.writeInt16LE(sample, frame * 4 + 2);
  }
  return {
    size: headBytes + dataBytes,
    async *read(from, to) {
      if (from < headBytes) yield head.subarray(from, to);
      for (let at = Math.max(from, headBytes); at < to;) {
        const offset = (at - headBytes) % chunkBytes;
        const length = Math.min(chunkBytes - offset, to - at);
        yield period.subarray(offset, offset + length);
        at += length;
      }
    },
  };
}
