/** Looks at strangers' files from a distance: the parsing happens apart, with limits. */
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { CutShort, runApart, type Limits } from './apart.ts';
import { NotAudio, type AudioFile } from './audio-file.ts';
import { beginningOf, beginnings } from './beginnings.ts';

export { NotAudio, type AudioFile } from './audio-file.ts';

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
