/** Pictures of a finished song. All of them are niceties: without one the song goes out all the same. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platformOf } from '../../domain/actions.ts';
import type { Job } from '../../domain/job-record.ts';
import { byteLimits } from '../../domain/limits.ts';
import type { Clip } from '../../domain/song.ts';
import { probePicture } from '../audio/probe.ts';
import type { SongPicture } from '../pictures/song-picture.ts';
import type { FetchOptions } from './fetch-file.ts';
import type { Picture } from './goods.ts';

/** A cover that lags behind its song isn't waited for as the song would be. */
const coverMs = 10_000;

/** The song API's own; undefined where it gave none that can be shown. */
export async function fetchCover(
  clips: readonly Clip[],
  folder: string,
  { media, log }: FetchOptions,
  signal: AbortSignal,
): Promise<Picture | undefined> {
  const address = clips.find((clip) => clip.imageUrl !== null)?.imageUrl;
  if (address === undefined || address === null) return undefined;
  try {
    const path = join(folder, 'cover');
    const soon = AbortSignal.any([signal, AbortSignal.timeout(coverMs)]);
    const bytes = await media.download(address, path, byteLimits.picture, soon);
    const extension = await probePicture(path);
    if (extension === undefined) return undefined;
    return { path, fileName: `cover.${extension}`, bytes, place: 'thumbnail' };
  } catch (error) {
    log.debug({ err: error }, 'a cover picture could not be fetched');
    return undefined;
  }
}

/** For the tags of a song without a cover: a path. */
export function drawCover(
  job: Job,
  clip: Clip,
  title: string,
  folder: string,
  options: FetchOptions,
): Promise<string | undefined> {
  const picture = pictureOf(job, clip, title, clip.seconds, options);
  return drawn(join(folder, 'drawn-cover'), () => options.draw.songCover(picture), options);
}

/** For the card of a song without a cover. `peaks`: how loud it is along its way, where that is known. */
export async function drawCard(
  job: Job,
  clip: Clip,
  about: { title: string; seconds: number | null; peaks: readonly number[] | undefined },
  folder: string,
  options: FetchOptions,
): Promise<Picture | undefined> {
  const { title, seconds, peaks } = about;
  const picture = pictureOf(job, clip, title, seconds, options);
  let bytes = 0;
  const draw = async (): Promise<Buffer> => {
    const png = await options.draw.songCard(peaks === undefined ? picture : { ...picture, peaks });
    bytes = png.byteLength;
    return png;
  };
  const path = await drawn(join(folder, 'drawn-card'), draw, options);
  return path === undefined ? undefined : { path, fileName: 'song.png', bytes, place: 'image' };
}

async function drawn(
  path: string,
  draw: () => Promise<Buffer>,
  { log }: FetchOptions,
): Promise<string | undefined> {
  try {
    await writeFile(path, await draw(), { mode: 0o600 });
    return path;
  } catch (error) {
    log.warn({ err: error }, 'a picture could not be drawn');
    return undefined;
  }
}

function pictureOf(
  job: Job,
  clip: Clip,
  title: string,
  seconds: number | null,
  { words }: FetchOptions,
): SongPicture {
  return {
    title,
    style: clip.style ?? job.inputs.style ?? '',
    model: clip.model ?? job.inputs.model ?? '',
    engine: words.engineName(platformOf(job.action)),
    seconds,
    seed: job.id,
  };
}
