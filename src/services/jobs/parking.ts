/**
 * The circuit breaker in front of the song API: while it is down or says "not now", waiting jobs are parked instead of
 * failed, and go on by themselves. Closed again by the first submit that is accepted, or the first batch answered.
 */
import type { Clock } from '../clock.ts';
import { SongApiError } from '../song-api/song-api-error.ts';

const waitMs = { first: 5_000, most: 60_000 };
/** One failure may be the request's own; so many in a row are the song API's. */
const enough = 3;

export class Parking {
  readonly #clock: Clock;
  #until = 0;
  #inARow = 0;
  #parkedInARow = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isClosed(): boolean {
    return this.#clock.now() < this.#until;
  }

  /** Closed at some time since the song API last worked: between two attempts nobody knows better. */
  get isInTrouble(): boolean {
    return this.#parkedInARow > 0;
  }

  /** Unix ms before which nothing is submitted. */
  get until(): number {
    return this.#until;
  }

  /** The song API works. True when that is news. */
  opened(): boolean {
    const isNews = this.isInTrouble;
    this.#until = 0;
    this.#inARow = 0;
    this.#parkedInARow = 0;
    return isNews;
  }

  /** A call failed. True when that has closed the door just now. */
  failed(error: unknown): boolean {
    if (!(error instanceof SongApiError)) return false;
    const atOnce = error.kind === 'unreachable' || error.kind === 'limited';
    if (!atOnce && error.kind !== 'unavailable' && error.kind !== 'unanswered') return false;
    this.#inARow += 1;
    if (!atOnce && this.#inARow < enough) return false;
    const wasClosed = this.isClosed;
    // Concurrent calls meet the same trouble: it counts once.
    if (!wasClosed) this.#parkedInARow += 1;
    const wait = Math.min(waitMs.most, waitMs.first * 2 ** (this.#parkedInARow - 1));
    this.#until = Math.max(this.#until, this.#clock.now() + (error.retryAfterMs ?? wait));
    return !wasClosed;
  }
}
