/** Looks at strangers' files from a distance: the parsing happens apart, with limits. */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { CutShort, runApart, type Limits } from './apart.ts';
import { NotAudio, type AudioFile } from './read-audio.ts';

export { NotAudio, type AudioFile } from './read-audio.ts';

/** A song's tables are read in well under a second; what takes longer is built to take long. */
const limits: Limits = { cpuMs: 10_000, memoryMb: 128 };

/** What the worker says about a file. */
export const audioSchema = z.object({
  path: z.string(),
  bytes: z.number(),
  extension: z.string(),
  mime: z.string(),
  seconds: z.number().positive(),
});

/** Throws `NotAudio` for anything that is not a whole audio file, and for what can't be read within the limits. */
export async function probeAudio(path: string): Promise<AudioFile> {
  try {
    return audioSchema.parse(await runApart({ do: 'read', path }, limits));
  } catch (error) {
    if (error instanceof CutShort) throw new NotAudio(error.why, error.cause);
    throw error;
  }
}

/** How pictures that Discord shows inside an embed begin, in Latin-1. A dozen bytes are looked at, nothing is parsed. */
const beginnings: readonly (readonly [extension: string, RegExp])[] = [
  ['jpg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[^]{4}WEBP/],
];

/** The ending for a picture that Discord shows inside an embed; undefined for anything else. */
export async function probePicture(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    const head = buffer.toString('latin1', 0, bytesRead);
    return beginnings.find(([, pattern]) => pattern.test(head))?.[0];
  } finally {
    await file.close();
  }
}
