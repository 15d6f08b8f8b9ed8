/** Looks at strangers' files from a distance: the parsing happens apart, with limits. */
import { open, stat } from 'node:fs/promises';
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

type Beginning = readonly [extension: string, mime: string, pattern: RegExp];

/** How files that Discord shows begin, in Latin-1. A dozen bytes are looked at, nothing is parsed. */
const beginnings = {
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

async function beginningOf(path: string, known: readonly Beginning[]): Promise<Beginning | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    const head = buffer.toString('latin1', 0, bytesRead);
    return known.find(([, , pattern]) => pattern.test(head));
  } finally {
    await file.close();
  }
}

/** The ending for a picture that Discord shows inside an embed; undefined for anything else. */
export async function probePicture(path: string): Promise<string | undefined> {
  return (await beginningOf(path, beginnings.picture))?.[0];
}

/** A video or MIDI file. Throws `NotAudio` for anything else. */
export async function probeFile(path: string, of: 'video' | 'midi'): Promise<Omit<AudioFile, 'seconds'>> {
  const beginning = await beginningOf(path, beginnings[of]);
  if (beginning === undefined) throw new NotAudio(`no ${of}`);
  const [extension, mime] = beginning;
  return { path, bytes: (await stat(path)).size, extension, mime };
}
