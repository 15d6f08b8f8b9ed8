/**
 * The beginning of a finished song as a voice message after its card, where a server wants that. A courtesy: tried once,
 * and only when the card is written down as delivered, so that no crash makes two of it.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Job } from '../../domain/job-record.ts';
import type { AudioFile } from '../audio/probe.ts';
import type { VoiceMessage } from '../audio/voice-message.ts';
import type { Logger } from '../logger.ts';
import { isAudio, type Goods } from './goods.ts';
import type { Roads } from './roads.ts';

export interface VoicePreviewsOptions {
  roads: Pick<Roads, 'postVoice'>;
  log: Logger;
  folder: string;
  isWanted: (guildId: string) => boolean;
  /** Lies beside the song; undefined where this machine can't make one. */
  makeVoice: (file: AudioFile, signal: AbortSignal) => Promise<VoiceMessage | undefined>;
}

export class VoicePreviews {
  readonly #options: VoicePreviewsOptions;
  readonly #turns = pLimit(1);
  /** First takes of songs that have arrived and aren't written down yet. */
  readonly #aside = new Map<string, AudioFile>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(options: VoicePreviewsOptions) {
    this.#options = options;
  }

  /** Keeps the first take from being tidied up with the rest of the song, where it will be wanted. */
  async setAside(job: Job, { items: [first] }: Goods): Promise<void> {
    const { isWanted, log } = this.#options;
    const isPublic = job.guildId !== null && !job.private && isWanted(job.guildId);
    if (!isPublic || first?.clip === undefined || !isAudio(first.file)) return;
    try {
      const folder = this.#folderOf(job);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, 'take');
      await rename(first.file.path, path);
      this.#aside.set(job.id, { ...first.file, path });
    } catch (error) {
      log.warn({ err: error, jobId: job.id }, 'a song could not be kept for its voice message');
    }
  }

  /** The song is written down as delivered. Returns at once. */
  send(job: Job, messageId: string): void {
    const file = this.#aside.get(job.id);
    if (file === undefined) return;
    this.#aside.delete(job.id);
    const work = this.#turns(() => this.#send(job, messageId, file)).finally(() =>
      this.#underWay.delete(work),
    );
    this.#underWay.add(work);
  }

  /** What isn't posted by then never is. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#underWay);
  }

  async #send(job: Job, messageId: string, file: AudioFile): Promise<void> {
    const { makeVoice, roads, log } = this.#options;
    const { signal } = this.#stopping;
    try {
      signal.throwIfAborted();
      const voice = await makeVoice(file, signal);
      signal.throwIfAborted();
      if (voice !== undefined) await roads.postVoice(job, messageId, voice);
    } catch (error) {
      const level = signal.aborted ? 'debug' : 'warn';
      log[level]({ err: error, jobId: job.id }, 'a song goes without its voice message');
    } finally {
      // What can't be deleted now is deleted at the next start.
      await rm(this.#folderOf(job), { recursive: true, force: true }).catch(() => undefined);
    }
  }

  #folderOf({ id }: Job): string {
    return join(this.#options.folder, `voice-${id}`);
  }
}
