/** How files that Discord shows begin, in Latin-1. A dozen bytes are looked at, nothing is parsed. */
import { open } from 'node:fs/promises';

export type Beginning = readonly [extension: string, mime: string, pattern: RegExp];

export const beginnings = {
  picture: [
    ['jpg', 'image/jpeg', /^\xff\xd8\xff/],
    ['png', 'image/png', /^\x89PNG\r\n/],
    ['gif', 'image/gif', /^GIF8[79]a/],
    ['webp', 'image/webp', /^RIFF[^]{4}WEBP/],
  ],
  video: [
    ['mp4', 'video/mp4', /^[^]{4}ftyp/],
    ['webm', 'video/webm', /^[^]E\xdf\xa3/],
  ],
  midi: [['mid', 'audio/midi', /^MThd/]],
} satisfies Record<string, readonly Beginning[]>;

export async function beginningOf(path: string, known: readonly Beginning[]): Promise<Beginning | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    const head = buffer.toString('latin1', 0, bytesRead);
    return known.find(([, , pattern]) => pattern.test(head));
  } finally {
    await file.close();
  }
}
