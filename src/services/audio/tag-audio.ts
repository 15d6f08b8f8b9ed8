/** Gives a finished file its title, cover and origin, without touching its sound. */
import { rm } from 'node:fs/promises';
import type { Logger } from '../logger.ts';
import { runApart, type Limits } from './apart.ts';
import { audioSchema, type AudioFile } from './probe.ts';
import type { SongTags } from './song-tags.ts';

export { hashPrompt, type SongTags } from './song-tags.ts';

/** 58 MB of WAV take about a second; an m4a of 32 MB takes 160 MB. */
const limits: Limits = { cpuMs: 20_000, memoryMb: 256 };

/**
 * The tagged file lies beside the given one, which stays as it was; an MP4 has its index in front afterwards. Tags are
 * a nicety: on any trouble the given file is what goes out, and the log says why. AAC without a container has none.
 */
export async function tagAudio(file: AudioFile, tags: SongTags, log: Logger): Promise<AudioFile> {
  try {
    return await writeAnew(file, `${file.path}.tagged`, file.extension, tags);
  } catch (error) {
    log.warn({ err: error, jobId: tags.jobId }, 'a song goes out without tags');
    return file;
  }
}

/** Into another container, if `extension` is another. Throws `CutShort` when the file doesn't allow it. */
export async function writeAnew(
  { path: from }: AudioFile,
  to: string,
  extension: string,
  tags: SongTags,
): Promise<AudioFile> {
  try {
    return audioSchema.parse(await runApart({ do: 'tag', from, to, extension, tags }, limits));
  } catch (error) {
    // What is left of it goes with the job's folder, at the latest.
    await rm(to, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}
