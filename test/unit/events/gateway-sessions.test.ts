import { describe, expect, it } from 'vitest';
import {
  GatewaySessions,
  gatewaySessionSchema,
  type GatewaySession,
} from '../../../src/events/gateway-sessions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { listeningLog } from '../../support/quiet.ts';

const session = (sequence: number, shardId = 0) => ({
  sessionId: 'abc',
  sequence,
  shardId,
  shardCount: 1,
  resumeURL: 'wss://gateway.example',
});
const bot = {
  user: { id: '1', username: 'Minstrel', discriminator: '0', global_name: null, avatar: null, bot: true },
  application: { id: '2', flags: 0 },
};
const record = (sequence: number, more: Partial<GatewaySession> = {}): GatewaySession => ({
  owner: 'me',
  session: session(sequence),
  ...bot,
  ...more,
});

/** A store that counts, and can be away or hang. */
class Store {
  readonly values = new Map<string, GatewaySession>();
  writes = 0;
  away = false;
  hanging: Promise<void> | undefined;

  async get(key: string): Promise<GatewaySession | undefined> {
    if (this.away) throw new Error('the database is away');
    return this.values.get(key);
  }

  async set(key: string, value: GatewaySession): Promise<void> {
    this.writes += 1;
    await this.hanging;
    if (this.away) throw new Error('the database is away');
    this.values.set(key, value);
  }

  async delete(key: string): Promise<boolean> {
    this.writes += 1;
    if (this.away) throw new Error('the database is away');
    return this.values.delete(key);
  }
}

function opened(store = new Store()) {
  const clock = new FakeClock();
  const { log, lines } = listeningLog();
  const sessions = new GatewaySessions({ kv: store, clock, log });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise(setImmediate);
  };
  return { store, clock, sessions, lines, pass };
}

async function begun() {
  const rig = opened();
  await rig.sessions.load('me', [0], 1);
  rig.sessions.update(0, session(1));
  rig.sessions.introduce(0, { ...bot, guilds: [], v: 10 });
  await rig.pass(1_000);
  expect(rig.store.values.get('0/1')).toEqual(record(1));
  expect(rig.store.writes).toBe(1);
  return rig;
}

describe('a session', () => {
  it('is written down once a second, however many events come', async () => {
    const { store, sessions, pass } = await begun();
    for (let sequence = 2; sequence <= 1_000; sequence += 1) sessions.update(0, session(sequence));
    await pass(999);
    expect(store.writes).toBe(1);
    await pass(1);
    expect(store.writes).toBe(2);
    expect(store.values.get('0/1')).toEqual(record(1_000));
    sessions.update(0, session(1_001));
    await pass(999);
    expect(store.writes).toBe(2);
    await pass(1);
    expect(store.values.get('0/1')).toEqual(record(1_001));
  });

  it('is not written while nothing happens', async () => {
    const { store, clock, pass } = await begun();
    await pass(3_600_000);
    expect(store.writes).toBe(1);
    expect(clock.sleepers).toBe(0);
  });

  it('is written at once, and for the last time, at the end', async () => {
    const { store, sessions, pass } = await begun();
    sessions.update(0, session(7));
    await sessions.close();
    expect(store.values.get('0/1')).toEqual(record(7));
    sessions.update(0, null);
    await pass(60_000);
    expect(store.writes).toBe(2);
  });

  it('is written at the end although a write is under way', async () => {
    const { store, sessions, pass } = await begun();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.hanging = promise;
    sessions.update(0, session(7));
    await pass(1_000);
    sessions.update(0, session(8));
    const closed = sessions.close();
    resolve();
    await closed;
    expect(store.values.get('0/1')).toEqual(record(8));
  });

  it('counts an interaction as heard once it is dealt with, whatever came after it', async () => {
    const { store, sessions, pass } = await begun();
    const hears = (sequence: number, id?: string): void => {
      sessions.update(0, session(sequence));
      if (id === undefined) sessions.hears(0, sequence);
      else sessions.hearsInteraction(0, id, { sequence, isReplay: false });
    };
    hears(2, 'first');
    hears(3, 'second');
    hears(4);
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(1));
    sessions.dealtWith('second');
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(1));
    sessions.dealtWith('first');
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(4));
    // Received and not yet handed on.
    sessions.update(0, session(5));
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(4));
    hears(5, 'third');
    await pass(15 * 60_000);
    hears(6);
    await sessions.close();
    expect(store.values.get('0/1')).toEqual(record(6));
  });

  it('begins to count anew with another session', async () => {
    const { store, sessions, pass } = await begun();
    sessions.update(0, session(100));
    sessions.hearsInteraction(0, 'old', { sequence: 100, isReplay: true });
    expect(sessions.isReplay('old')).toBe(true);
    const other = { ...session(1), sessionId: 'other' };
    sessions.update(0, other);
    sessions.hears(0, 1);
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(1, { session: other }));
    expect(sessions.isReplay('old')).toBe(false);
  });

  it('that has ended is removed', async () => {
    const { store, sessions, pass } = await begun();
    sessions.update(0, null);
    await pass(1_000);
    expect(store.values.size).toBe(0);
    expect(sessions.has(0)).toBe(false);
  });

  it('without a bot is not written: it could not be resumed', async () => {
    const { store, sessions, lines } = opened();
    await sessions.load('me', [0], 1);
    sessions.update(0, session(1));
    sessions.introduce(0, { user: { id: 'nobody' } });
    await sessions.close();
    expect(store.values.size).toBe(0);
    expect(lines).toMatchObject([{ level: 'warn', shard: 0 }]);
  });
});

describe('a database', () => {
  it('that is away costs nothing but a line each time it goes and comes', async () => {
    const { store, sessions, lines, pass } = await begun();
    store.away = true;
    for (let sequence = 2; sequence < 6; sequence += 1) {
      sessions.update(0, session(sequence));
      await pass(1_000);
    }
    expect(lines.map(({ level }) => level)).toEqual(['warn']);
    store.away = false;
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(5));
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'info']);
  });

  it('that is away does not keep a stop from ending', async () => {
    const { store, sessions } = await begun();
    store.away = true;
    await sessions.close();
    expect(store.values.get('0/1')).toEqual(record(1));
  });

  it('that hangs holds nobody up, and gets one write at a time', async () => {
    const { store, sessions, pass } = await begun();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.hanging = promise;
    for (let sequence = 2; sequence <= 100; sequence += 1) {
      sessions.update(0, session(sequence));
      await pass(1_000);
    }
    expect(store.writes).toBe(2);
    resolve();
    await pass(0);
    await pass(1_000);
    expect(store.values.get('0/1')).toEqual(record(100));
  });

  it('that is away at the start means no session', async () => {
    const { store, sessions, lines } = opened();
    store.away = true;
    expect(await sessions.load('me', [0], 1)).toEqual([]);
    expect(lines).toMatchObject([{ level: 'warn', shard: 0 }]);
  });
});

describe('a stored session', () => {
  it('is taken up, with who the bot is', async () => {
    const { store, sessions } = opened();
    store.values.set('0/1', record(9));
    expect(await sessions.load('me', [0], 1)).toEqual([session(9)]);
    expect(sessions.identity(0)).toEqual(bot);
    await sessions.close();
    expect(store.values.get('0/1')).toEqual(record(9));
  });

  it.each([
    ['another bot', record(9, { owner: 'somebody' })],
    ['another shard', record(9, { session: session(9, 1) })],
    ['another number of shards', record(9, { session: { ...session(9), shardCount: 2 } })],
  ])('of %s is not', async (_what, stored) => {
    const { store, sessions, lines } = opened();
    store.values.set('0/1', stored);
    expect(await sessions.load('me', [0], 1)).toEqual([]);
    expect(sessions.has(0)).toBe(false);
    expect(sessions.identity(0)).toBeUndefined();
    expect(lines).toMatchObject([{ level: 'info', shard: 0 }]);
  });

  it.each([
    ['an address for something else', { ...session(1), resumeURL: 'https://gateway.example' }],
    ['an address with a fragment', { ...session(1), resumeURL: 'wss://gateway.example/#x' }],
    ['an address with a query', { ...session(1), resumeURL: 'wss://gateway.example/?v=9' }],
    ['no address', { ...session(1), resumeURL: 'gateway' }],
    ['a number that is none', { ...session(1), sequence: '1' }],
    ['a negative number', { ...session(1), sequence: -1 }],
    ['no id', { ...session(1), sessionId: '' }],
  ])('with %s does not fit', (_what, broken) => {
    expect(gatewaySessionSchema.safeParse({ ...record(1), session: broken }).success).toBe(false);
  });

  it('keeps of READY only what discord.js can not stumble over', () => {
    const user = { ...bot.user, flags: 'nonsense', email: null };
    expect(gatewaySessionSchema.parse({ ...record(1), user })).toEqual(record(1));
  });
});
