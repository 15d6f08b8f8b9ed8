/** Brings the files of any finished job into the house, by the kind of its result. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Job } from '../../domain/job-record.ts';
import { byteLimits, discordLimits } from '../../domain/limits.ts';
import type { Result, Stem } from '../../domain/result.ts';
import { safeName } from '../../domain/safe-name.ts';
import { toLrc, toSrt } from '../../domain/timed-lyrics.ts';
import { NotAudio, probeAudio, probeFile } from '../audio/probe.ts';
import { fetchFile, orLinked, type FetchOptions } from './fetch-file.ts';
import { fetchTakes } from './fetch-takes.ts';
import type { Goods, Item } from './goods.ts';

const nothing: Goods = { items: [], spoiled: [], picture: undefined };

/**
 * Throws `NotAudio` when there is nothing that can be used or linked, for good. Files stay in `folder/<job id>` until
 * `forgetFiles`. `title`: what the job's song is called.
 */
export async function bringIn(
  job: Job,
  result: Result,
  title: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Goods> {
  const folder = join(options.folder, job.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  switch (result.is) {
    case 'clips':
      return fetchTakes(job, result.clips, folder, options, signal);
    case 'stems':
      return fetchStems(job, result.stems, title, folder, options, signal);
    case 'file':
      return fetchOne(job, result, title, folder, options, signal);
    case 'timing': {
      const files = [
        ['lrc', toLrc(result.words, title)],
        ['srt', toSrt(result.words)],
      ] as const;
      // Where nothing is sung there is nothing to show as subtitles.
      const full = files.filter(([, text]) => text !== '');
      const items = full.map(([ending, text]) => written(folder, `${safeName(title)}.${ending}`, text));
      return { ...nothing, items: await Promise.all(items) };
    }
    case 'lyrics':
      if (result.lyrics.length <= discordLimits.embedDescription) return nothing;
      return { ...nothing, items: [await written(folder, `${safeName(title)}.txt`, result.lyrics)] };
    case 'handle':
    case 'bpm':
    case 'tags':
      return nothing;
  }
}

export async function forgetFiles(folder: string, jobId: string): Promise<void> {
  await rm(join(folder, jobId), { recursive: true, force: true });
}

/** A dozen stems are hundreds of megabytes, and members wait for the first song behind them. */
const stemsAtOnce = 2;
/** Looking at one takes a moment, and the process in which that is done 70 MB. */
const looksAtOnce = 1;

async function fetchStems(
  job: Job,
  stems: readonly Stem[],
  title: string,
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Goods> {
  let room: number = byteLimits.result;
  const look = pLimit(looksAtOnce);
  const fetched = await pLimit(stemsAtOnce).map(
    stems,
    async ({ name, url }, index): Promise<Item | string> => {
      const path = join(folder, `stem-${index + 1}`);
      const audio = await orLinked(job, options, signal, async () => {
        const moved = (result: Result): string | undefined =>
          result.is === 'stems' ? result.stems[index]?.url : undefined;
        await fetchFile(job, url, path, options, moved, signal, Math.min(room, byteLimits.media));
        return look(() => probeAudio(path));
      });
      if (audio === undefined) return name;
      room -= audio?.bytes ?? 0;
      const ending = audio === null ? '' : `.${audio.extension}`;
      const fileName = `${safeName(`${title} - ${name}`)}${ending}`;
      return { name, fileName, url, file: audio, seconds: audio?.seconds ?? null };
    },
  );
  const items = fetched.filter((stem) => typeof stem !== 'string');
  if (items.length === 0) throw new NotAudio('no stem is usable');
  return { ...nothing, items, spoiled: fetched.filter((stem) => typeof stem === 'string') };
}

async function fetchOne(
  job: Job,
  { of, url }: Extract<Result, { is: 'file' }>,
  title: string,
  folder: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Goods> {
  const path = join(folder, of);
  const file = await orLinked(job, options, signal, async () => {
    const moved = (result: Result): string | undefined => (result.is === 'file' ? result.url : undefined);
    await fetchFile(job, url, path, options, moved, signal);
    return of === 'audio' ? probeAudio(path) : { ...(await probeFile(path, of)), seconds: null };
  });
  if (file === undefined) throw new NotAudio(`no ${of}`);
  const fileName = `${safeName(title)}${file === null ? '' : `.${file.extension}`}`;
  return { ...nothing, items: [{ name: title, fileName, url, file, seconds: file?.seconds ?? null }] };
}

async function written(folder: string, fileName: string, text: string): Promise<Item> {
  const path = join(folder, fileName);
  await writeFile(path, text, { mode: 0o600 });
  const file = { path, bytes: Buffer.byteLength(text), mime: 'text/plain' };
  return { name: fileName, fileName, url: null, file, seconds: null };
}
