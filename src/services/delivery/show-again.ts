/**
 * Brings a finished song back, as the answer to whoever asks for it: its files fetched anew, all its buttons. Nothing is
 * written down for it: should the process die meanwhile, one asks again.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { Refusal } from '../../domain/errors.ts';
import { newJobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job-record.ts';
import { discordLimits } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import type { Track } from '../../domain/track.ts';
import { NotAudio } from '../audio/probe.ts';
import { MediaError, type Media } from '../song-api/media.ts';
import type { JobTable } from '../storage/job-table.ts';
import type { SettingsStore } from '../storage/settings-store.ts';
import type { TrackTable } from '../storage/track-table.ts';
import { wordsFor } from '../text/words-for.ts';
import type { Reply, Visit } from '../visit.ts';
import { bringIn } from './bring-in.ts';
import { titleOf } from './card.ts';
import { postGoods, type ResultOptions } from './deliver-result.ts';
import type { Goods } from './goods.ts';

export interface ShowAgainOptions extends ResultOptions {
  jobs: Pick<JobTable, 'find'>;
  tracks: Pick<TrackTable, 'ofJob'>;
  settings: Pick<SettingsStore, 'of'>;
}

/** Songs that are delivered for the first time go before those that are looked at again. */
const atOnce = 2;

export class ShowAgain {
  readonly #options: ShowAgainOptions;
  readonly #turns = pLimit(atOnce);
  readonly #stopping = new AbortController();

  constructor(options: ShowAgainOptions) {
    this.#options = options;
  }

  /** `track`: one that the visitor may see. What only they may see stays so, whatever `isPrivate` says. */
  plan(visit: Visit, track: Track, isPrivate?: boolean): Reply {
    const { channels, privateResults } = this.#options.settings.of(visit.guildId);
    const isForSongs = channels.length === 0 || channels.includes(visit.channelId);
    const quiet = track.private || !isForSongs || (isPrivate ?? privateResults);
    return {
      answer: quiet ? 'private' : 'public',
      run: async () => {
        await this.#turns(() => this.#show(visit, track, quiet));
        return undefined;
      },
    };
  }

  /** What is under way ends soon: its files are no longer waited for. */
  close(): void {
    this.#stopping.abort();
  }

  async #show(visit: Visit, track: Track, quiet: boolean): Promise<void> {
    const { jobs, tracks, roads } = this.#options;
    const kept = await jobs.find(track.jobId);
    if (kept?.status.state !== 'succeeded') throw new Refusal({ is: 'job-gone' });
    const takes = new Set((await tracks.ofJob(kept.id, visit)).map(({ take }) => take));
    const result = onShelf(kept.status.result, takes);
    const job = asAnswer(kept, visit, quiet);
    const folder = join(this.#options.folder, `show-${newJobId()}`);
    const options = { ...this.#options, folder };
    const { signal } = this.#stopping;
    try {
      const goods = await this.#bring(job, playable(result, track), folder);
      await postGoods(job, result, goods, options, signal, (letter) => roads.answer(job.card, letter));
    } catch (error) {
      if (signal.aborted) throw new Refusal({ is: 'shutting-down' });
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Throws `Refusal` where the song API has its files no more. */
  async #bring(job: Job, result: Result, folder: string): Promise<Goods> {
    const words = wordsFor(job.locale);
    let others = false;
    const media: Pick<Media, 'download'> = {
      download: async (...call) => {
        try {
          return await this.#options.media.download(...call);
        } catch (error) {
          others ||= !(error instanceof MediaError && error.kind === 'gone');
          throw error;
        }
      },
    };
    const options = { ...this.#options, folder, words, media };
    try {
      const goods = await bringIn(job, result, titleOf(job, words), options, this.#stopping.signal);
      const isGone = goods.items.length > 0 && goods.items.every(({ file }) => file === null) && !others;
      if (isGone) throw new Refusal({ is: 'song-gone' });
      return goods;
    } catch (error) {
      throw error instanceof NotAudio ? new Refusal({ is: 'song-gone' }) : error;
    }
  }
}

/** Takes that were deleted from the library don't come back with the others. */
function onShelf(result: Result, takes: ReadonlySet<number>): Result {
  if (result.is !== 'clips') return result;
  return { ...result, clips: result.clips.filter((_, index) => takes.has(index + 1)) };
}

/** A file that was once taken in has no files of its own: it is one. */
function playable(result: Result, { audioUrl }: Track): Result {
  if (result.is !== 'handle' || audioUrl === null) return result;
  return { is: 'file', of: 'audio', url: audioUrl };
}

/** The job as if it had been asked for just now, so that it is shown here and to these eyes. */
function asAnswer(job: Job, visit: Visit, quiet: boolean): Job {
  return {
    ...job,
    guildId: visit.guildId,
    channelId: visit.channelId,
    locale: quiet || visit.guildId === null ? visit.locale : visit.guildLocale,
    private: quiet,
    card: {
      interactionId: visit.id,
      applicationId: visit.applicationId,
      token: visit.token,
      tokenUntil: visit.receivedAt + discordLimits.interactionTokenMs,
      messageId: null,
      attachmentLimit: visit.attachmentLimit,
    },
  };
}
