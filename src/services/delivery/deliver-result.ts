/** Takes what a finished job has brought from the song API's hosts to its card. */
import type { Job } from '../../domain/job-record.ts';
import { clipsIn, type Result } from '../../domain/result.ts';
import type { Step } from '../../domain/step.ts';
import { lessRoom, uploadRoom } from '../../domain/upload-room.ts';
import type { Logger } from '../logger.ts';
import { wordsFor } from '../text/words-for.ts';
import { bringIn } from './bring-in.ts';
import { titleOf } from './card.ts';
import type { Offer } from './card-rows.ts';
import { isTooLarge } from './discord-errors.ts';
import type { FetchOptions } from './fetch-file.ts';
import type { Goods } from './goods.ts';
import { pack, type PackOptions } from './pack.ts';
import { resultCard } from './result-card.ts';
import type { Arrival, Letter, Roads } from './roads.ts';

export interface ResultOptions
  extends Omit<FetchOptions, 'words'>, Pick<PackOptions, 'folder' | 'makeSmaller'> {
  roads: Roads;
  log: Logger;
  /** How long a job's takes really are, of those where we could tell. `take` counts from 1. */
  onMeasured: (jobId: string, takes: readonly { take: number; seconds: number }[]) => void;
  /** What can be done to a finished song, for its buttons. */
  offer: Offer;
  reached?: ((step: Step) => void) | undefined;
  /** Discord has taken the card; its files are still here. */
  onPosted?: ((job: Job, goods: Goods) => Promise<void>) | undefined;
}

/** Throws `NotAudio` when nothing in it can be used, for good, and whatever the roads throw. Leaves its files behind. */
export async function deliverResult(
  job: Job,
  result: Result,
  options: ResultOptions,
  signal: AbortSignal,
): Promise<Arrival> {
  const words = wordsFor(job.locale);
  const goods = await bringIn(job, result, titleOf(job, words), { ...options, words }, signal);
  options.onMeasured(job.id, lengthsOf(result, goods));
  options.reached?.('fetched');
  const send = (letter: Letter): Promise<Arrival> => options.roads.deliver(job, letter);
  const arrival = await postGoods(job, result, goods, options, signal, send);
  await options.onPosted?.(job, goods);
  return arrival;
}

/** A take that is spoiled is missing among the goods, so each is known by its clip. */
function lengthsOf(result: Result, { items }: Goods): { take: number; seconds: number }[] {
  const clips = clipsIn(result);
  return items.flatMap(({ clip, seconds }) =>
    clip === undefined || seconds === null ? [] : [{ take: clips.indexOf(clip) + 1, seconds }],
  );
}

/** Sends what has been brought in, smaller each time that Discord finds it too large. Throws whatever `send` throws. */
export async function postGoods(
  job: Job,
  result: Result,
  goods: Goods,
  options: Pick<ResultOptions, 'folder' | 'makeSmaller' | 'offer' | 'log'>,
  signal: AbortSignal,
  send: (letter: Letter) => Promise<Arrival>,
): Promise<Arrival> {
  const words = wordsFor(job.locale);
  let room = uploadRoom(job.card.attachmentLimit);
  for (;;) {
    const parcel = await pack(job, goods, room, { ...options, words, title: titleOf(job, words) }, signal);
    const letter: Letter = {
      card: resultCard(job, result, words, parcel, options.offer),
      files: parcel.uploads,
      mention: words.card.late(job.userId),
    };
    try {
      return await send(letter);
    } catch (error) {
      if (!isTooLarge(error) || letter.files.length === 0) throw error;
      const sizes = letter.files.map(({ bytes }) => bytes);
      options.log.warn({ jobId: job.id, sizes }, 'Discord found a message too large');
      room = lessRoom(room, sizes);
    }
  }
}
