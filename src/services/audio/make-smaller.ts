import type { Logger } from '../logger.ts';
import { CannotConvert, convertAudio, formatsFor } from './convert-audio.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { AudioFile } from './probe.ts';

/** In the order in which Discord plays them best. */
const wished = ['m4a', 'mp3', 'ogg'] as const;

/** The same sound in at most so many bytes, beside the given file; undefined where this machine can't make that. */
export async function makeSmaller(
  file: AudioFile,
  maxBytes: number,
  { title, jobId }: { title: string; jobId: string },
  ffmpeg: Ffmpeg | undefined,
  log: Logger,
): Promise<AudioFile | undefined> {
  const formats = formatsFor(file.extension, ffmpeg);
  const to = wished.find((format) => format !== file.extension && formats.has(format));
  if (ffmpeg === undefined || to === undefined) return undefined;
  try {
    return await convertAudio(file, { to, ffmpeg, maxBytes, tags: { title, jobId, comment: '' }, log });
  } catch (error) {
    if (!(error instanceof CannotConvert)) throw error;
    log.info({ err: error, jobId, why: error.why }, 'a file could not be made smaller');
    return undefined;
  }
}
