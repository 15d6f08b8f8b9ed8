/**
 * Brings a finished song into the house: downloads every clip and its cover, looks at what the files really are, and
 * gives them names and tags. What can't be fetched is linked; what isn't audio is not delivered at all.
 */
import { join } from 'node:path';
import type { Job } from '../../domain/job-record.ts';
import { byteLimits } from '../../domain/limits.ts';
import { clipsIn } from '../../domain/result.ts';
import { safeName } from '../../domain/safe-name.ts';
import type { Clip } from '../../domain/song.ts';
import { NotAudio, probeAudio, probePicture } from '../audio/probe.ts';
import { hashPrompt, tagAudio } from '../audio/tag-audio.ts';
import { fetchFile, orLinked, type FetchOptions } from './fetch-file.ts';
import type { Goods, Item } from './goods.ts';

/** Throws `NotAudio` when nothing in the song can be played or linked, for good. */
export async function fetchTakes(
  job: Job,
  clips: readonly Clip[],
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Goods> {
  const cover = await fetchCover(clips, folder, options, signal);
  const items: Item[] = [];
  for (const [index, clip] of clips.entries()) {
    const name = job.inputs.title ?? clip.title ?? options.untitled;
    const suffix = clips.length > 1 ? ` ${index + 1}` : '';
    const path = join(folder, `take-${index + 1}`);
    const fetched = await orLinked(job, options, signal, async () => {
      const moved = (fresh: readonly Clip[]): string | undefined =>
        (fresh.find(({ clipId }) => clipId === clip.clipId) ?? fresh[index])?.audioUrl;
      await fetchFile(job, clip.audioUrl, path, options, (result) => moved(clipsIn(result)), signal);
      const tags = {
        title: name,
        model: clip.model ?? job.inputs.model,
        jobId: job.id,
        promptHash: job.inputs.prompt === undefined ? undefined : hashPrompt(job.inputs.prompt),
        comment: '',
        coverPath: cover?.path,
      };
      return tagAudio(await probeAudio(path), tags, options.log);
    });
    if (fetched === undefined) continue;
    const extension = fetched === null ? '' : `.${fetched.extension}`;
    items.push({
      clip,
      name,
      fileName: `${safeName(name)}${suffix}${extension}`,
      url: clip.audioUrl,
      file: fetched,
      seconds: fetched?.seconds ?? clip.seconds,
    });
  }
  if (items.length === 0) throw new NotAudio('no take is usable');
  return { items, cover };
}

/** A picture is a nicety: without one the song goes out all the same. */
async function fetchCover(
  clips: readonly Clip[],
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Goods['cover']> {
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
