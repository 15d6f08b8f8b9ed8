/**
 * Keyv with two promises that it doesn't make itself: a failed read or write throws (Keyv 6.1 answers `undefined`
 * once an `error` listener is attached, so a dead database would read as "nothing used yet"), and what is read back
 * has been validated.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Keyv } from 'keyv';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { KvAdapter } from './kv-adapter.ts';
import type { Schema } from './schema.ts';

export interface KvOptions {
  now: () => number;
  /** A value that no longer fits its schema reads as absent, and is reported here. */
  onCorrupt: (namespace: string, key: string, error: unknown) => void;
  /** Errors that belong to no call (Keyv's own background work). */
  onError: (namespace: string, error: unknown) => void;
}

export class StrictKv<T> {
  readonly #keyv: Keyv;
  readonly #schema: z.ZodType<T>;
  readonly #inCall = new AsyncLocalStorage<true>();
  readonly #onCorrupt: (key: string, error: unknown) => void;

  constructor(db: Kysely<Schema>, namespace: string, schema: z.ZodType<T>, options: KvOptions) {
    this.#schema = schema;
    this.#onCorrupt = (key, error) => options.onCorrupt(namespace, key, error);
    this.#keyv = new Keyv({ store: new KvAdapter(db, namespace, options.now), namespace });
    this.#keyv.on('error', (error: unknown) => {
      if (this.#inCall.getStore()) throw error;
      options.onError(namespace, error);
    });
  }

  async get(key: string): Promise<T | undefined> {
    const value: unknown = await this.#inCall.run(true, () => this.#keyv.get(key));
    if (value === undefined) return undefined;
    const parsed = this.#schema.safeParse(value);
    if (parsed.success) return parsed.data;
    this.#onCorrupt(key, parsed.error);
    return undefined;
  }

  /** `ttlMs`: forgotten after so long; absent: kept. */
  async set(key: string, value: T, ttlMs?: number): Promise<void> {
    const stored = await this.#inCall.run(true, () => this.#keyv.set(key, value, ttlMs));
    if (!stored) throw new Error(`the store did not take ${key}`);
  }

  /** Everything there is, in no promised order; what doesn't fit its schema is reported and left out. */
  async *entries(): AsyncGenerator<[key: string, value: T]> {
    for await (const [key, value] of this.#keyv.iterator() as AsyncIterable<[string, unknown]>) {
      const parsed = this.#schema.safeParse(value);
      if (parsed.success) yield [key, parsed.data];
      else this.#onCorrupt(key, parsed.error);
    }
  }

  async delete(key: string): Promise<boolean> {
    return this.#inCall.run(true, () => this.#keyv.delete(key));
  }
}
