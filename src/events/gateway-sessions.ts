/**
 * What a restart needs to take up the gateway where the last process left it, for each shard: the session, how far
 * its events are dealt with, and who the bot is (a resumed session sends no READY). Held in memory; written down at
 * most once a second, since the number moves with every event. A database that fails costs a session, never a
 * connection.
 */
import type { SessionInfo } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../services/clock.ts';
import type { Logger } from '../services/logger.ts';
import type { StrictKv } from '../services/storage/strict-kv.ts';
import { Heard, type Interaction } from './heard.ts';

const snowflake = z.string().regex(/^\d{1,20}$/);

/** It becomes a WebSocket's address, and what is wrong with that would end the process at every start. */
const gatewayUrl = z.url({ protocol: /^wss?$/ }).refine((url) => !/[?#]/.test(url));

export const gatewaySessionSchema = z.object({
  /** A digest of all that must be the same for a session to be ours. */
  owner: z.string(),
  session: z.object({
    sessionId: z.string().min(1).max(256),
    sequence: z.int().nonnegative(),
    shardId: z.int().nonnegative(),
    shardCount: z.int().positive(),
    resumeURL: gatewayUrl,
  }),
  // Only what discord.js wants to know and can't stumble over.
  user: z.object({
    id: snowflake,
    username: z.string(),
    discriminator: z.string().default('0'),
    global_name: z.string().nullable().default(null),
    avatar: z.string().nullable().default(null),
    bot: z.boolean().default(true),
  }),
  application: z.object({ id: snowflake, flags: z.int().nonnegative().default(0) }),
});

export type GatewaySession = z.infer<typeof gatewaySessionSchema>;
export type BotIdentity = Pick<GatewaySession, 'user' | 'application'>;

const identitySchema = gatewaySessionSchema.pick({ user: true, application: true });

export interface GatewaySessionsOptions {
  kv: Pick<StrictKv<GatewaySession>, 'get' | 'set' | 'delete'>;
  clock: Clock;
  log: Logger;
  /** Milliseconds between two writes. */
  writeEveryMs?: number;
}

/** Discord keeps sessions for minutes; older ones cost one refused resume. This only clears out what nobody asks for. */
const keptForMs = 86_400_000;

export class GatewaySessions {
  readonly #options: GatewaySessionsOptions;
  readonly #sessions = new Map<number, SessionInfo>();
  readonly #heard = new Map<number, Heard>();
  readonly #identities = new Map<number, BotIdentity>();
  /** Shards whose record is older than what is known here. */
  readonly #dirty = new Set<number>();
  readonly #closing = new AbortController();
  #owner = '';
  #shardCount = 1;
  #writing: Promise<void> | undefined;
  #failing = false;

  constructor(options: GatewaySessionsOptions) {
    this.#options = options;
  }

  /** The sessions that a former process left for these shards. Never throws: without one, a shard identifies. */
  async load(owner: string, shards: readonly number[], shardCount: number): Promise<SessionInfo[]> {
    this.#owner = owner;
    this.#shardCount = shardCount;
    const loaded = await Promise.all(shards.map((shard) => this.#load(shard)));
    return loaded.filter((session) => session !== undefined);
  }

  /** A shard's session as it is now; null: it is over. */
  update(shard: number, session: SessionInfo | null): void {
    const before = this.#sessions.get(shard)?.sessionId;
    // Each session counts anew.
    if (session?.sessionId !== before) this.#heard.delete(shard);
    if (session === null) this.#sessions.delete(shard);
    else this.#sessions.set(shard, session);
    // A process that dies in its first second leaves a session, too.
    this.#changed(shard, session?.sessionId === before ? undefined : 0);
  }

  /** An event goes to discord.js; an interaction among them holds the session back until it is dealt with. */
  hears(shard: number, sequence: number): void {
    this.#heardOf(shard).event(sequence);
    this.#changed(shard);
  }

  hearsInteraction(shard: number, id: string, interaction: Interaction): void {
    this.#heardOf(shard).interaction(id, interaction);
    this.#changed(shard);
  }

  /** Something is written down of this interaction, or its member was told; or nothing can be done about it. */
  dealtWith(id: string): void {
    for (const [shard, heard] of this.#heard) if (heard.dealtWith(id)) this.#changed(shard);
  }

  /** A former process may have begun with this interaction, and died. */
  isReplay(id: string): boolean {
    return [...this.#heard.values()].some((heard) => heard.isReplay(id));
  }

  /** Who READY says that we are. */
  introduce(shard: number, ready: unknown): void {
    const identity = identitySchema.safeParse(ready);
    if (!identity.success) {
      this.#options.log.warn({ shard }, 'READY does not say who the bot is: a restart will identify anew');
      return;
    }
    this.#identities.set(shard, identity.data);
    this.#changed(shard);
  }

  has(shard: number): boolean {
    return this.#sessions.has(shard);
  }

  identity(shard: number): BotIdentity | undefined {
    return this.#identities.get(shard);
  }

  /** Writes down how far each session was heard, once and for the last time. */
  async close(): Promise<void> {
    for (const shard of this.#sessions.keys()) this.#changed(shard);
    this.#closing.abort();
    await this.#writing;
  }

  #changed(shard: number, waitMs = this.#options.writeEveryMs ?? 1_000): void {
    if (this.#closing.signal.aborted) return;
    this.#dirty.add(shard);
    this.#writing ??= this.#write(waitMs);
  }

  async #write(firstWaitMs: number): Promise<void> {
    const { clock, writeEveryMs = 1_000 } = this.#options;
    const { signal } = this.#closing;
    let last = false;
    let waitMs = firstWaitMs;
    do {
      await clock.sleep(waitMs, signal);
      waitMs = writeEveryMs;
      last = signal.aborted;
      await this.#writeDirty();
    } while (this.#dirty.size > 0 && !last);
    this.#writing = undefined;
  }

  async #writeDirty(): Promise<void> {
    const { log } = this.#options;
    const shards = [...this.#dirty];
    this.#dirty.clear();
    try {
      for (const shard of shards) await this.#store(shard);
      if (this.#failing) log.info('gateway sessions can be written again');
      this.#failing = false;
    } catch (error) {
      for (const shard of shards) this.#dirty.add(shard);
      if (!this.#failing) log.warn({ err: error }, 'gateway sessions could not be written');
      this.#failing = true;
    }
  }

  async #store(shard: number): Promise<void> {
    const { kv } = this.#options;
    const session = this.#sessions.get(shard);
    const identity = this.#identities.get(shard);
    if (session === undefined) await kv.delete(this.#key(shard));
    else if (identity !== undefined) {
      const sequence = this.#heardOf(shard).upTo(session.sequence);
      const record = { owner: this.#owner, session: { ...session, sequence }, ...identity };
      await kv.set(this.#key(shard), record, keptForMs);
    }
  }

  async #load(shard: number): Promise<SessionInfo | undefined> {
    const { kv, log } = this.#options;
    let stored: GatewaySession | undefined;
    try {
      stored = await kv.get(this.#key(shard));
    } catch (error) {
      log.warn({ err: error, shard }, 'a stored gateway session could not be read');
    }
    if (stored === undefined) return undefined;
    const { owner, session, user, application } = stored;
    if (owner !== this.#owner || session.shardId !== shard || session.shardCount !== this.#shardCount) {
      log.info({ shard }, "a stored gateway session is another bot's or another set-up's: not used");
      return undefined;
    }
    this.#sessions.set(shard, session);
    this.#identities.set(shard, { user, application });
    return session;
  }

  #heardOf(shard: number): Heard {
    const heard = this.#heard.get(shard) ?? new Heard(() => this.#options.clock.now());
    this.#heard.set(shard, heard);
    return heard;
  }

  #key(shard: number): string {
    return `${shard}/${this.#shardCount}`;
  }
}
