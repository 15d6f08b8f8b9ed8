/**
 * Brings a finished song into the house: downloads every clip and its cover, looks at what the files really are,
 * and gives them names. What can't be fetched is linked; what isn't audio is not delivered at all.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../domain/job-record.ts';
import { byteLimits } from '../../domain/limits.ts';
import { clipsIn, type Result } from '../../domain/result.ts';
import { safeName } from '../../domain/safe-name.ts';
import type { Clip } from '../../domain/song.ts';
import { NotAudio, probeAudio, probePicture, type AudioFile } from '../audio/probe.ts';
import type { Logger } from '../logger.ts';
import { MediaError, type Media } from '../song-api/media.ts';

export interface Take {
  clip: Clip;
  /** For people: the title. */
  name: string;
  /** Without a folder; safe on every system. */
  fileName: string;
  /** Null where the file couldn't be fetched but its address may still work for people. */
  audio: AudioFile | null;
}

export interface FetchedSong {
  takes: Take[];
  /** Path and name of the picture, where there is one. */
  cover: { path: string; fileName: string; bytes: number } | undefined;
}

export interface FetchOptions {
  media: Pick<Media, 'download'>;
  log: Logger;
  /** Where a job's files lie while its card is being delivered. */
  folder: string;
  untitled: string;
  /** The result as the song API says it now; null where it says nothing. */
  freshResult: (job: Job) => Promise<Result | null>;
}

/**
 * Throws `NotAudio` when nothing in the song can be played or linked, for good. Files stay in `folder/<job id>` until
 * `forgetFiles`.
 */
export async function fetchTakes(
  job: Job,
  clips: readonly Clip[],
  options: FetchOptions,
  signal: AbortSignal,
): Promise<FetchedSong> {
  const folder = join(options.folder, job.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const takes: Take[] = [];
  let problem: unknown;
  for (const [index, clip] of clips.entries()) {
    const name = job.inputs.title ?? clip.title ?? options.untitled;
    const suffix = clips.length > 1 ? ` ${index + 1}` : '';
    const path = join(folder, `take-${index + 1}`);
    try {
      await fetchAudio(job, clip, index, path, options, signal);
      const audio = await probeAudio(path);
      takes.push({ clip, name, fileName: `${safeName(name)}${suffix}.${audio.extension}`, audio });
    } catch (error) {
      signal.throwIfAborted();
      // Trouble of our own, such as a full disk, says nothing about the song: it is delivered later.
      if (!(error instanceof MediaError || error instanceof NotAudio)) throw error;
      problem = error;
      options.log.warn({ err: error, jobId: job.id, take: index + 1 }, 'a finished clip could not be used');
      if (isLinkable(error)) takes.push({ clip, name, fileName: safeName(name), audio: null });
    }
  }
  if (takes.length === 0) throw new NotAudio('no take is usable', problem);
  return { takes, cover: await fetchCover(clips, folder, options, signal) };
}

/** A file that is gone from its address is asked for once more: the song API may know a new one. */
async function fetchAudio(
  job: Job,
  clip: Clip,
  index: number,
  path: string,
  { media, freshResult }: FetchOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    await media.download(clip.audioUrl, path, byteLimits.media, signal);
  } catch (error) {
    if (!(error instanceof MediaError && error.kind === 'gone') || signal.aborted) throw error;
    const fresh = clipsIn((await freshResult(job)) ?? undefined);
    const moved = fresh.find(({ clipId }) => clipId === clip.clipId) ?? fresh[index];
    if (moved === undefined || moved.audioUrl === clip.audioUrl) throw error;
    await media.download(moved.audioUrl, path, byteLimits.media, signal);
  }
}

export async function forgetFiles(folder: string, jobId: string): Promise<void> {
  await rm(join(folder, jobId), { recursive: true, force: true });
}

/** A decent address whose file is missing for us or too large may still serve a person; a refused one is no link. */
function isLinkable(error: unknown): boolean {
  return error instanceof MediaError && error.kind !== 'refused';
}

/** A picture is a nicety: without one the song goes out all the same. */
async function fetchCover(
  clips: readonly Clip[],
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<FetchedSong['cover']> {
  const address = clips.find((clip) => clip.imageUrl !== null)?.imageUrl;
  if (address === undefined || address === null) return undefined;
  try {
    const path = join(folder, 'cover');
    const bytes = await options.media.download(address, path, byteLimits.picture, signal);
    const extension = await probePicture(path);
    return extension === undefined ? undefined : { path, fileName: `cover.${extension}`, bytes };
  } catch (error) {
    options.log.debug({ err: error }, 'a cover picture could not be fetched');
    return undefined;
  }
}
