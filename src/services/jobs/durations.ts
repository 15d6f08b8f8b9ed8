/** How long songs take, measured here: the ETA on a card is this bot's own median, never a promise by anybody. */
import { z } from 'zod';
import type { Job } from '../../domain/job-record.ts';
import type { StrictKv } from '../storage/strict-kv.ts';

/** The last so many songs per action and model, in milliseconds. */
export const durationsSchema = z.array(z.number().int().nonnegative()).max(50);
const kept = 20;
const enough = 3;

export class Durations {
  readonly #kv: StrictKv<z.infer<typeof durationsSchema>>;
  readonly #known = new Map<string, readonly number[]>();

  constructor(kv: StrictKv<z.infer<typeof durationsSchema>>) {
    this.#kv = kv;
  }

  async add(job: Job, ms: number): Promise<void> {
    const key = keyOf(job);
    const list = [...(await this.#list(key)), Math.max(0, Math.round(ms))].slice(-kept);
    this.#known.set(key, list);
    await this.#kv.set(key, list);
  }

  /** The median in ms, once three songs have been measured. */
  async typical(job: Job): Promise<number | undefined> {
    const list = (await this.#list(keyOf(job))).toSorted((a, b) => a - b);
    return list.length < enough ? undefined : list[Math.floor(list.length / 2)];
  }

  /** Unix ms at which a job that was submitted is usually done. */
  async expectedAt(job: Job): Promise<number | undefined> {
    const typical = job.submittedAt === null ? undefined : await this.typical(job);
    return typical === undefined ? undefined : (job.submittedAt ?? 0) + typical;
  }

  async #list(key: string): Promise<readonly number[]> {
    const known = this.#known.get(key) ?? (await this.#kv.get(key)) ?? [];
    this.#known.set(key, known);
    return known;
  }
}

const keyOf = (job: Job): string => `${job.action} ${job.inputs.model ?? ''}`;
