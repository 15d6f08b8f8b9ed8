import { Worker } from 'node:worker_threads';
import type { ComposedSong, ComposedStem } from './composed-song.ts';
import type { SongRequest } from './song-request.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts';

interface Piece {
  order: Omit<WorkerOrder, 'id'>;
  result: Promise<WorkerAnswer>;
  resolve: (answer: WorkerAnswer) => void;
  over: boolean;
}

/** Finished pieces that are kept; a minute of song with its cover is about 1 MB. */
const keptPieces = 64;

/**
 * Composes songs in worker threads, so that no event loop ever stalls, and keeps them: equal requests are composed
 * once. An idle composer doesn't keep the process alive.
 */
export class Composer {
  readonly #workers: number;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #pieces = new Map<string, Piece>();
  #waiting: Piece[] = [];
  #nextId = 1;

  constructor(options: { workers?: number } = {}) {
    this.#workers = options.workers ?? 1;
  }

  /** Starts on a song without waiting for it. */
  prepare(request: SongRequest): void {
    this.#piece({ make: 'song', request });
  }

  async song(request: SongRequest): Promise<ComposedSong> {
    const answer = await this.#wanted({ make: 'song', request });
    if (answer.made !== 'song') throw unexpected(answer);
    return { ...answer.song, audio: Buffer.from(answer.song.audio), cover: Buffer.from(answer.song.cover) };
  }

  /** The tracks that the song is mixed from; composed anew, since few songs are ever taken apart. */
  async stems(request: SongRequest): Promise<ComposedStem[]> {
    const answer = await this.#wanted({ make: 'stems', request });
    if (answer.made !== 'stems') throw unexpected(answer);
    return answer.stems.map((stem) => ({ ...stem, audio: Buffer.from(stem.audio) }));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  /** Somebody waits: this piece goes to the front, and the process stays until it is there. */
  async #wanted(order: Piece['order']): Promise<WorkerAnswer> {
    const piece = this.#piece(order);
    if (this.#waiting.includes(piece))
      this.#waiting = [piece, ...this.#waiting.filter((other) => other !== piece)];
    const staying = setInterval(() => {}, 60_000);
    try {
      return await piece.result;
    } finally {
      clearInterval(staying);
    }
  }

  #piece(order: Piece['order']): Piece {
    const key = JSON.stringify(order);
    const known = this.#pieces.get(key);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<WorkerAnswer>();
    const piece: Piece = { order, result: promise, resolve, over: false };
    this.#pieces.set(key, piece);
    this.#forgetOldest();
    this.#waiting.push(piece);
    this.#dispatch();
    return piece;
  }

  #forgetOldest(): void {
    for (const [key, piece] of this.#pieces) {
      if (this.#pieces.size <= keptPieces) return;
      if (piece.over) this.#pieces.delete(key);
    }
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? this.#hire();
      const piece = worker === undefined ? undefined : this.#waiting.shift();
      if (worker === undefined || piece === undefined) return;
      this.#give(worker, piece);
    }
  }

  #give(worker: Worker, piece: Piece): void {
    const id = this.#nextId;
    this.#nextId += 1;
    const end = (answer: WorkerAnswer): void => {
      worker.off('message', end).off('error', died);
      piece.over = true;
      piece.resolve(answer);
      if (this.#all.has(worker)) this.#idle.push(worker);
      this.#dispatch();
    };
    const died = (error: unknown): void => {
      this.#all.delete(worker);
      end({ id, made: 'nothing', why: String(error) });
    };
    worker.on('message', end).on('error', died);
    worker.postMessage({ id, ...piece.order } satisfies WorkerOrder, []);
    // A listener for messages holds the process; a song that nobody waits for must not.
    worker.unref();
  }

  #hire(): Worker | undefined {
    if (this.#all.size >= this.#workers) return undefined;
    const worker = new Worker(new URL('composer-worker.ts', import.meta.url));
    worker.unref();
    this.#all.add(worker);
    return worker;
  }
}

function unexpected(answer: WorkerAnswer): Error {
  return new Error(answer.made === 'nothing' ? `composing failed: ${answer.why}` : `got ${answer.made}`);
}
