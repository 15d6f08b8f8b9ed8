/** One finished file from the song API's hosts to our disk; how its absence is taken is decided here, for every kind. */
import type { Job } from '../../domain/job-record.ts';
import { byteLimits } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { NotAudio, type AudioFile } from '../audio/probe.ts';
import type { Logger } from '../logger.ts';
import type { SongPicture } from '../pictures/song-picture.ts';
import { MediaError, type Media } from '../song-api/media.ts';
import type { Words } from '../text/en.ts';

export interface FetchOptions {
  media: Pick<Media, 'download'>;
  log: Logger;
  /** Where a job's files lie while its card is being delivered. */
  folder: string;
  words: Words;
  /** How loud a sound is in so many equal stretches, from 0 to 1; undefined where this machine can't tell. */
  peaksOf: (file: AudioFile, points: number, signal: AbortSignal) => Promise<number[] | undefined>;
  /** PNGs. Who rejects keeps nothing back but the picture. */
  draw: Record<'songCard' | 'songCover', (picture: SongPicture) => Promise<Buffer>>;
  /** The result as the song API says it now; null where it says nothing. */
  freshResult: (job: Job) => Promise<Result | null>;
}

/** A file that is gone from its address is asked for once more: `fresh` says where it is in the song API's news. */
export async function fetchFile(
  job: Job,
  address: string,
  path: string,
  { media, freshResult }: Pick<FetchOptions, 'media' | 'freshResult'>,
  fresh: (result: Result) => string | null | undefined,
  signal: AbortSignal,
  maxBytes: number = byteLimits.media,
): Promise<void> {
  try {
    await media.download(address, path, maxBytes, signal);
  } catch (error) {
    if (!(error instanceof MediaError && error.kind === 'gone') || signal.aborted) throw error;
    const news = await freshResult(job);
    const moved = news === null ? undefined : fresh(news);
    if (typeof moved !== 'string' || moved === address) throw error;
    await media.download(moved, path, maxBytes, signal);
  }
}

/**
 * What `use` makes of a file; `null` where only a link is left; undefined where not even that. Trouble of our own, such
 * as a full disk, says nothing about the file and is thrown on: it is delivered later.
 */
export async function orLinked<T>(
  job: Job,
  { log }: FetchOptions,
  signal: AbortSignal,
  use: () => Promise<T>,
): Promise<T | null | undefined> {
  try {
    return await use();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof MediaError || error instanceof NotAudio)) throw error;
    log.warn({ err: error, jobId: job.id }, 'a finished file could not be used');
    // A decent address whose file is missing for us or too large may still serve a person; a refused one is no link.
    return error instanceof MediaError && error.kind !== 'refused' ? null : undefined;
  }
}
