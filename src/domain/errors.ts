/**
 * The two errors that are kept apart everywhere: a refusal is a sentence for the member and nothing is wrong;
 * everything else is a fault, of which the member gets an apology and a reference, and the operator the log line.
 */
import type { DeedName } from './deeds.ts';

export type RefusalReason =
  | { is: 'empty'; option: string }
  | { is: 'too-long'; option: string; max: number; length: number; engine?: string }
  | { is: 'bad-option'; option: string }
  | { is: 'bad-span' }
  | { is: 'engine-cannot'; deed: DeedName; engine: string }
  | { is: 'two-engines' }
  | { is: 'no-handle' }
  | { is: 'no-such-place'; option: string; text: string }
  | { is: 'beyond-the-end'; option: string; seconds: number }
  | { is: 'no-such-song' }
  | { is: 'song-gone' }
  | { is: 'song-on-its-way' }
  | { is: 'no-songs' }
  | { is: 'export-busy' }
  | { is: 'song-or-file' }
  | { is: 'not-audio' }
  | { is: 'no-audio-here' }
  | { is: 'file-gone' }
  | { is: 'file-too-large'; most: number }
  | { is: 'file-too-long'; most: number; seconds: number }
  | { is: 'model-of-other-engine'; model: string; engine: string }
  | { is: 'input-unknown-to-engine'; option: string; engine: string }
  | { is: 'action-not-served'; label: string; until: Date | null }
  | { is: 'cannot-convert'; format: string }
  | { is: 'download-too-large'; format: string; most: number }
  | { is: 'out-of-credits'; whose: 'member' | 'guild'; price: number; left: number; resetAt: Date }
  | { is: 'blocked' }
  | { is: 'paused' }
  | { is: 'forbidden-word' }
  | { is: 'other-channels'; channels: readonly string[] }
  | { is: 'admins-only' }
  | { is: 'operators-only' }
  | { is: 'server-only' }
  | { is: 'not-a-member' }
  | { is: 'no-such-time-zone' }
  | { is: 'order-gone' }
  | { is: 'job-gone' }
  | { is: 'not-yours' }
  | { is: 'not-here' }
  | { is: 'songs-under-way' }
  | { is: 'too-much-to-send' }
  | { is: 'cannot-post-there'; channel: string }
  | { is: 'already-over' }
  | { is: 'no-lyrics' }
  | { is: 'old-button' }
  | { is: 'unknown-command' }
  /** More asked at one moment than could be written down in time. */
  | { is: 'rush' }
  | { is: 'shutting-down' };

export class Refusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`refused: ${reason.is}`);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

/** What a stored row looked like was not what the code wrote: the row is set aside, everything else goes on. */
export class CorruptRow extends Error {
  readonly table: string;
  readonly id: string;

  constructor(table: string, id: string, options: ErrorOptions) {
    super(`row ${id} of ${table} can't be read`, options);
    this.name = 'CorruptRow';
    this.table = table;
    this.id = id;
  }
}
