import { Keyv } from 'keyv';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Storage } from '../../../src/services/storage/database.ts';
import { KvAdapter } from '../../../src/services/storage/kv-adapter.ts';
import type { Engine } from '../../support/engines.ts';

/** After Keyv's own suite for storage adapters (the one on npm is still for Keyv 5), and what we promise on top. */
export function kvSuite(engine: Engine): void {
  let storage: Storage;
  /** Milliseconds that our clock is ahead of Keyv's, which is the system's. */
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const corrupt: { namespace: string; key: string }[] = [];
  const stray: unknown[] = [];

  beforeAll(async () => {
    storage = await engine.open({
      now,
      onCorrupt: (namespace, key) => corrupt.push({ namespace, key }),
      onError: (_, error) => stray.push(error),
    });
  });
  afterAll(() => storage.close());
  beforeEach(async () => {
    ahead = 0;
    corrupt.length = 0;
    stray.length = 0;
    await storage.db.deleteFrom('kv').execute();
  });

  const keyv = (namespace = 'test'): Keyv => {
    const store = new KvAdapter(storage.db, namespace, now);
    return new Keyv({ store, namespace, throwOnErrors: true });
  };

  describe('Keyv on the kv table', () => {
    it('says that it keeps every promise of an adapter', () => {
      const { capabilities } = new KvAdapter(storage.db, 'x', now);
      expect(capabilities).toMatchObject({ compatible: true, expires: true });
    });

    it.each([
      ['text', 'é 🎵 "quoted" \\ \n \u0000'],
      ['empty text', ''],
      ['a number', 1.5],
      ['zero', 0],
      ['false', false],
      ['null', null],
      ['an object', { a: [1, { b: 'c' }], d: null }],
      ['a long text', 'x'.repeat(200_000)],
    ])('gives back what it was given: %s', async (_, value) => {
      const kv = keyv();
      await kv.set('key', value);
      await expect(kv.get('key')).resolves.toEqual(value);
    });

    it.each(['plain', 'with space', "quote'", '%_', 'ns:key', 'ключ', '🎵', 'x'.repeat(500)])(
      'takes any key: %j',
      async (key) => {
        const kv = keyv();
        await kv.set(key, 1);
        await expect(kv.has(key)).resolves.toBe(true);
        await expect(kv.get(key)).resolves.toBe(1);
        await expect(kv.delete(key)).resolves.toBe(true);
      },
    );

    it('answers undefined for what was never set', async () => {
      await expect(keyv().get('nothing')).resolves.toBeUndefined();
      await expect(keyv().has('nothing')).resolves.toBe(false);
      await expect(keyv().delete('nothing')).resolves.toBe(false);
    });

    it('overwrites', async () => {
      const kv = keyv();
      await kv.set('key', 'old');
      await kv.set('key', 'new');
      await expect(kv.get('key')).resolves.toBe('new');
      await expect(storage.db.selectFrom('kv').selectAll().execute()).resolves.toHaveLength(1);
    });

    it('tells what it deleted', async () => {
      const kv = keyv();
      await kv.set('key', 1);
      await expect(kv.delete('key')).resolves.toBe(true);
      await expect(kv.delete('key')).resolves.toBe(false);
      await expect(kv.get('key')).resolves.toBeUndefined();
    });

    it('handles many at once, in the order asked for', async () => {
      const kv = keyv();
      await kv.setMany([
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
        { key: 'c', value: 3 },
      ]);
      await expect(kv.getMany(['c', 'x', 'a'])).resolves.toEqual([3, undefined, 1]);
      await expect(kv.hasMany(['x', 'b'])).resolves.toEqual([false, true]);
      await expect(kv.deleteMany(['a', 'x', 'b'])).resolves.toEqual([true, false, true]);
      await expect(kv.getMany(['a', 'b', 'c'])).resolves.toEqual([undefined, undefined, 3]);
    });

    it('handles none at all', async () => {
      const adapter = new KvAdapter(storage.db, 'test', now);
      await expect(adapter.getMany([])).resolves.toEqual([]);
      await expect(adapter.hasMany([])).resolves.toEqual([]);
      await expect(adapter.deleteMany([])).resolves.toEqual([]);
      await expect(adapter.setMany([])).resolves.toEqual([]);
    });

    it('forgets after its time, and not before', async () => {
      const kv = keyv();
      await kv.set('key', 1, 60_000);
      ahead = 59_000;
      await expect(kv.get('key')).resolves.toBe(1);
      ahead = 61_000;
      await expect(kv.get('key')).resolves.toBeUndefined();
      await expect(kv.has('key')).resolves.toBe(false);
      await expect(kv.getMany(['key'])).resolves.toEqual([undefined]);
    });

    it('keeps for ever again what is set again without a time', async () => {
      const kv = keyv();
      await kv.set('key', 1, 60_000);
      await kv.set('key', 2);
      ahead = 120_000;
      await expect(kv.get('key')).resolves.toBe(2);
    });

    it('keeps namespaces apart, also when one is cleared', async () => {
      const [a, b] = [keyv('a'), keyv('b')];
      await a.set('key', 'in a');
      await b.set('key', 'in b');
      await expect(a.get('key')).resolves.toBe('in a');
      await expect(a.delete('key')).resolves.toBe(true);
      await expect(b.get('key')).resolves.toBe('in b');
      await a.set('key', 'in a');
      await a.clear();
      await expect(a.get('key')).resolves.toBeUndefined();
      await expect(b.get('key')).resolves.toBe('in b');
    });

    it("walks through its own, without the others' and without what has expired", async () => {
      const kv = keyv('a');
      await keyv('b').set('foreign', 1);
      await kv.set('one', 1);
      await kv.set('two', { n: 2 });
      await kv.set('old', 3, 1000);
      ahead = 2000;
      const seen: unknown[] = [];
      for await (const entry of kv.iterator()) seen.push(entry);
      expect(seen).toEqual([
        ['one', 1],
        ['two', { n: 2 }],
      ]);
    });

    it('takes 50 writers of one key at once', async () => {
      const kv = keyv();
      await Promise.all(Array.from({ length: 50 }, (_, n) => kv.set('key', n)));
      await expect(storage.db.selectFrom('kv').selectAll().execute()).resolves.toHaveLength(1);
    });

    it('stores serialized text only', async () => {
      await expect(new KvAdapter(storage.db, 'x', now).set('key', { raw: 1 })).rejects.toThrow(TypeError);
    });

    it('gives back the room of what has expired', async () => {
      const kv = keyv();
      await kv.set('key', 1, 1000);
      ahead = 120_000;
      await kv.get('key');
      await kv.set('other', 1);
      await expect(storage.db.selectFrom('kv').selectAll().execute()).resolves.toHaveLength(1);
    });
  });

  describe('a corner of the store', () => {
    const shape = z.object({ credits: z.number() });

    it('gives back values of its shape', async () => {
      const kv = storage.kv('settings', shape);
      await kv.set('guild', { credits: 5 });
      await expect(kv.get('guild')).resolves.toEqual({ credits: 5 });
      await expect(kv.delete('guild')).resolves.toBe(true);
      await expect(kv.get('guild')).resolves.toBeUndefined();
      expect(corrupt).toEqual([]);
    });

    it('forgets after its time', async () => {
      const kv = storage.kv('marks', z.boolean());
      await kv.set('seen', true, 1000);
      await expect(kv.get('seen')).resolves.toBe(true);
      ahead = 1001;
      await expect(kv.get('seen')).resolves.toBeUndefined();
    });

    it('reads a value of another shape as absent, and reports it', async () => {
      await storage.kv('settings', z.object({ credits: z.string() })).set('guild', { credits: 'many' });
      await expect(storage.kv('settings', shape).get('guild')).resolves.toBeUndefined();
      expect(corrupt).toEqual([{ namespace: 'settings', key: 'guild' }]);
    });

    const garbage = ['not json', '{"value":{"credits":', '', 'null', '5', '[]', '{}'];

    it.each(garbage)('never takes garbage in the table for a value: %j', async (value) => {
      await storage.db
        .insertInto('kv')
        .values({ namespace: 'settings', key: 'guild', value, expires: null })
        .execute();
      const read = await storage
        .kv('settings', shape)
        .get('guild')
        .catch((error: unknown) => error);
      expect(read === undefined || read instanceof Error).toBe(true);
    });
  });
}
