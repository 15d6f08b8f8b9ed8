import type { Faults } from '../faults.ts';
import type { Composer } from './composer/composer.ts';
import type { EmulatedTask, TaskScript } from './emulated-task.ts';
import type { Journal } from './journal.ts';
import type { MediaHost } from './media-host.ts';
import type { SongApiEvents } from './song-api-events.ts';
import type { NotServed, Switches } from './switches.ts';

export interface SongApiOptions {
  /** Default: any free one. */
  port?: number;
  /** Default: looks like a secret and differs every time. */
  key?: string;
  /** Unix milliseconds. */
  now?: () => number;
  /** Time from submit to done upstream; default 35 to 55 seconds. */
  songMs?: readonly [min: number, max: number];
  /** The gateway's own poller: records change only on its ticks. Default 15 seconds; Infinity leaves it to `tick`. */
  pollerMs?: number;
  /** How long after the submit's answer the row appears; before that a fetch says `task_not_exist`. Default 0. */
  rowDelayMs?: number;
  /** Length of every song; default: 8 to 60 seconds by its description. */
  songSeconds?: number;
  /** Of everything random but ids. */
  seed?: number;
  /** Billing names of the served actions, or all that there are; default `producer_music` and `suno_music`. */
  enabled?: 'all' | Iterable<string>;
  shapes?: Partial<Switches['shapes']>;
  notServed?: NotServed;
  doubleSlash?: Switches['doubleSlash'];
  batchFilters?: boolean;
  batchLimit?: number;
  balance?: number;
  /**
   * Uploads fetch the address that they are given (on this machine only) and serve its bytes; otherwise a song is
   * composed in its place. What follows from an upload is made of that song either way.
   */
  serveUploads?: boolean;
  /** Default: one per process, so that equal songs are composed once. */
  composer?: Composer;
}

/** A running song API. */
export interface EmulatedSongApi {
  readonly url: string;
  readonly port: number;
  readonly key: string;
  /** The key of another account, whose tasks the first must never see. */
  readonly strangerKey: string;
  /** "127.0.0.1:port", for MEDIA_TRUSTED_HOSTS. */
  readonly mediaHost: string;
  readonly journal: Journal;
  /** Every accepted submit, by task id. */
  readonly tasks: ReadonlyMap<string, EmulatedTask>;
  /** Strike any request, media too. */
  readonly faults: Faults;
  readonly events: SongApiEvents;
  /** For files of one's own, and for taking files away. */
  readonly media: MediaHost;
  /** Everything that can be changed while it runs. */
  readonly switches: Switches;
  doubled: Switches['doubled'];
  /** Scripts the next accepted submit; called n times, the next n. */
  next(script: TaskScript): void;
  /** Scripts every submit from now on, under what `next` says. */
  always(script: TaskScript | undefined): void;
  tamper(change: ((envelope: unknown) => unknown) | undefined): void;
  /** The sum of all charges that were not given back. */
  charged(): number;
  /** Everything that runs is done now, without waiting for the poller. */
  finishAll(): void;
  /** One round of the gateway's poller, by hand. */
  tick(): void;
  /** Connections are refused from now on; nothing else changes. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}
