/**
 * Brings a finished song into the house: downloads every clip and its cover, looks at what the files really are, and
 * gives them names and tags. What can't be fetched is linked; what isn't audio is not delivered at all.
 */
import { join } from 'node:path';
import type { Job } from '../../domain/job-record.ts';
import { clipsIn } from '../../domain/result.ts';
import { safeName } from '../../domain/safe-name.ts';
import type { Clip } from '../../domain/song.ts';
import { NotAudio, probeAudio } from '../audio/probe.ts';
import { hashPrompt, tagAudio, type SongTags } from '../audio/tag-audio.ts';
import { fetchFile, orLinked, type FetchOptions } from './fetch-file.ts';
import { isAudio, type Goods, type Item, type Picture } from './goods.ts';
import { drawCard, drawCover, fetchCover } from './song-pictures.ts';

/** As many bars as the drawn card has room for. */
const peakCount = 120;

/** Throws `NotAudio` when nothing in the song can be played or linked, for good. */
export async function fetchTakes(
  job: Job,
  clips: readonly Clip[],
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Goods> {
  const [first] = clips;
  const titleOf = (clip: Clip): string => job.inputs.title ?? clip.title ?? options.words.card.untitled;
  const cover = await fetchCover(clips, folder, options, signal);
  const needsCover = cover === undefined && first !== undefined;
  const drawn = needsCover ? await drawCover(job, first, titleOf(first), folder, options) : undefined;
  const items: Item[] = [];
  const spoiled: string[] = [];
  for (const [index, clip] of clips.entries()) {
    const name = titleOf(clip);
    const suffix = clips.length > 1 ? ` ${index + 1}` : '';
    const path = join(folder, `take-${index + 1}`);
    const fetched = await orLinked(job, options, signal, async () => {
      const moved = (fresh: readonly Clip[]): string | undefined =>
        (fresh.find(({ clipId }) => clipId === clip.clipId) ?? fresh[index])?.audioUrl;
      await fetchFile(job, clip.audioUrl, path, options, (result) => moved(clipsIn(result)), signal);
      const tags = tagsFor(job, clip, name, cover?.path ?? drawn);
      return tagAudio(await probeAudio(path), tags, options.log);
    });
    if (fetched === undefined) {
      spoiled.push(clips.length > 1 ? options.words.card.take(index + 1) : name);
      continue;
    }
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
  return { items, spoiled, picture: cover ?? (await cardFor(job, items, folder, options, signal)) };
}

function tagsFor(job: Job, clip: Clip, title: string, coverPath: string | undefined): SongTags {
  const { prompt, model } = job.inputs;
  return {
    title,
    model: clip.model ?? model,
    jobId: job.id,
    promptHash: prompt === undefined ? undefined : hashPrompt(prompt),
    comment: '',
    coverPath,
  };
}

/** A song that came without a picture gets one of ours. */
async function cardFor(
  job: Job,
  items: readonly Item[],
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Picture | undefined> {
  const [first] = items;
  if (first?.clip === undefined) return undefined;
  const { clip, name: title, seconds, file } = first;
  const peaks = isAudio(file) ? await options.peaksOf(file, peakCount, signal) : undefined;
  return drawCard(job, clip, { title, seconds, peaks }, folder, options);
}
