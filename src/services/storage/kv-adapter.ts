/**
 * Keyv's storage over the `kv` table, so that settings and caches ride on the one connection of the database and
 * work on SQLite and PostgreSQL alike. One adapter object serves one namespace (Keyv 6.1 shares the namespace of an
 * adapter object between all Keyvs that use it).
 *
 * Never await this inside a transaction of the same database: SQLite has one connection, it would wait for itself.
 */
import { EventEmitter } from 'node:events';
import {
  keyvStorageCapability,
  type KeyvStorageAdapter,
  type KeyvStorageCapability,
  type KeyvStorageEntry,
  type KeyvStorageGetResult,
} from 'keyv';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

const sweepEveryMs = 60_000;

/** All of Keyv's interface but the emitter's methods, which Node's own emitter has (Keyv's type is hookified's). */
type Methods = Pick<
  KeyvStorageAdapter,
  | 'capabilities'
  | 'get'
  | 'getMany'
  | 'set'
  | 'setMany'
  | 'delete'
  | 'deleteMany'
  | 'has'
  | 'hasMany'
  | 'clear'
>;

export class KvAdapter extends EventEmitter implements Methods {
  readonly capabilities: KeyvStorageCapability;
  readonly #db: Kysely<Schema>;
  readonly #namespace: string;
  readonly #now: () => number;
  #sweptAt = 0;

  constructor(db: Kysely<Schema>, namespace: string, now: () => number) {
    super();
    this.#db = db;
    this.#namespace = namespace;
    this.#now = now;
    this.capabilities = keyvStorageCapability(this);
  }

  async get<Value>(key: string): Promise<KeyvStorageGetResult<Value>> {
    const [value] = await this.getMany<Value>([key]);
    return value as KeyvStorageGetResult<Value>;
  }

  async getMany<Value>(keys: string[]): Promise<KeyvStorageGetResult<Value | undefined>[]> {
    if (keys.length === 0) return [];
    const rows = await this.#live().where('key', 'in', keys).select(['key', 'value']).execute();
    const values = new Map(rows.map((row) => [row.key, row.value]));
    // Keyv hands over and takes back its own serialized text; it parses it itself.
    return keys.map((key) => values.get(key) as KeyvStorageGetResult<Value | undefined>);
  }

  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    if (typeof value !== 'string') throw new TypeError('the kv table stores serialized text only');
    await this.#sweep();
    await this.#db
      .insertInto('kv')
      .values({ namespace: this.#namespace, key, value, expires: expires ?? null })
      .onConflict((conflict) =>
        conflict.columns(['namespace', 'key']).doUpdateSet({ value, expires: expires ?? null }),
      )
      .execute();
    return true;
  }

  async setMany<Value>(entries: KeyvStorageEntry<Value>[]): Promise<boolean[]> {
    const done: boolean[] = [];
    for (const { key, value, expires } of entries) done.push(await this.set(key, value, expires));
    return done;
  }

  async delete(key: string): Promise<boolean> {
    const [deleted = false] = await this.deleteMany([key]);
    return deleted;
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    if (keys.length === 0) return [];
    const rows = await this.#db
      .deleteFrom('kv')
      .where('namespace', '=', this.#namespace)
      .where('key', 'in', keys)
      .returning('key')
      .execute();
    const deleted = new Set(rows.map((row) => row.key));
    return keys.map((key) => deleted.has(key));
  }

  async has(key: string): Promise<boolean> {
    const [has = false] = await this.hasMany([key]);
    return has;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    if (keys.length === 0) return [];
    const rows = await this.#live().where('key', 'in', keys).select('key').execute();
    const present = new Set(rows.map((row) => row.key));
    return keys.map((key) => present.has(key));
  }

  async clear(): Promise<void> {
    await this.#db.deleteFrom('kv').where('namespace', '=', this.#namespace).execute();
  }

  async *iterator<Value>(): AsyncGenerator<[string, Awaited<Value>], void> {
    const rows = await this.#live().select(['key', 'value']).orderBy('key').execute();
    for (const row of rows) yield [row.key, row.value as Awaited<Value>];
  }

  /** Short-lived marks would pile up: now and then what has expired is taken away. */
  async #sweep(): Promise<void> {
    const now = this.#now();
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    await this.#db
      .deleteFrom('kv')
      .where('namespace', '=', this.#namespace)
      .where('expires', '<=', now)
      .execute();
  }

  #live() {
    return this.#db
      .selectFrom('kv')
      .where('namespace', '=', this.#namespace)
      .where((row) => row.or([row('expires', 'is', null), row('expires', '>', this.#now())]));
  }
}
