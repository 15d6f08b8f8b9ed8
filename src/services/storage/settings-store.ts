/**
 * Servers' settings over the key-value store, all of them kept in memory: the way to an interaction's first answer passes
 * here and must not wait for a database.
 */
import pLimit from 'p-limit';
import { defaultSettings, type GuildSettings } from '../../domain/guild-settings.ts';
import type { Clock } from '../clock.ts';
import type { StrictKv } from './strict-kv.ts';

/** Where several processes share the database, another's change is seen one question after this at the latest. */
const freshMs = 15_000;

export interface SettingsStoreOptions {
  kv: StrictKv<GuildSettings>;
  clock: Clock;
  /** Other processes may change the same settings. */
  shared: boolean;
  onError: (error: unknown) => void;
}

export class SettingsStore {
  readonly #options: SettingsStoreOptions;
  readonly #known = new Map<string, GuildSettings>();
  readonly #readAt = new Map<string, number>();
  readonly #changes = pLimit(1);

  constructor(options: SettingsStoreOptions) {
    this.#options = options;
  }

  /** Reads everything; a few hundred bytes a server that has set anything. */
  async load(): Promise<void> {
    for await (const [guildId, settings] of this.#options.kv.entries()) this.#known.set(guildId, settings);
  }

  /** The defaults in direct messages (null) and where nothing was set. */
  of(guildId: string | null): GuildSettings {
    if (guildId === null) return defaultSettings;
    if (this.#options.shared) this.#refresh(guildId);
    return this.#known.get(guildId) ?? defaultSettings;
  }

  /** Reads, changes, writes; two changes of this process never overlap. */
  change(guildId: string, change: (settings: GuildSettings) => GuildSettings): Promise<GuildSettings> {
    const { kv } = this.#options;
    return this.#changes(async () => {
      const settings = change((await kv.get(guildId)) ?? defaultSettings);
      await kv.set(guildId, settings);
      this.#known.set(guildId, settings);
      return settings;
    });
  }

  #refresh(guildId: string): void {
    const { kv, clock, onError } = this.#options;
    const now = clock.now();
    if (now - (this.#readAt.get(guildId) ?? 0) < freshMs) return;
    this.#readAt.set(guildId, now);
    kv.get(guildId).then((settings) => {
      if (settings !== undefined) this.#known.set(guildId, settings);
    }, onError);
  }
}
