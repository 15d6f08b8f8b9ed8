import { Worker } from 'node:worker_threads';
import type { ComposedSong } from './composed-song.ts';
import type { Piece } from './piece.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts';

interface Work {
  order: Omit<WorkerOrder, 'id'>;
  result: Promise<WorkerAnswer>;
  resolve: (answer: WorkerAnswer) => void;
  /** Of the finished files; undefined while it is waited for. */
  bytes: number | undefined;
}

/** Finished files that are kept, in bytes; a minute of song with its cover is about 1 MB, as WAV 10 MB. */
const keptBytes = 96 * 1_048_576;

/**
 * Composes songs in worker threads, so that no event loop ever stalls, and keeps them: equal requests are composed
 * once. An idle composer doesn't keep the process alive.
 */
export class Composer {
  readonly #workers: number;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #works = new Map<string, Work>();
  #waiting: Work[] = [];
  #nextId = 1;

  constructor(options: { workers?: number } = {}) {
    this.#workers = options.workers ?? 1;
  }

  /** Starts on a song that nobody waits for yet: it keeps no process alive. Resolves when it is there, or can't be. */
  async prepare(piece: Piece, title: string): Promise<void> {
    await this.#work({ make: 'song', piece, title }).result;
  }

  async song(piece: Piece, title: string): Promise<ComposedSong> {
    const [audio, cover] = await this.#wanted({ make: 'song', piece, title });
    if (audio === undefined || cover === undefined) throw new Error('the worker made half a song');
    return { audio, cover };
  }

  /** 16 bits, stereo. */
  async wav(piece: Piece): Promise<Buffer> {
    return this.#one({ make: 'wav', piece, title: '' });
  }

  /** An MP4 of the song and its cover, which every player takes (H.264 and AAC). */
  async video(piece: Piece, title: string): Promise<Buffer> {
    return this.#one({ make: 'video', piece, title });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  async #one(order: Work['order']): Promise<Buffer> {
    const [file] = await this.#wanted(order);
    if (file === undefined) throw new Error('the worker made nothing');
    return file;
  }

  /** Somebody waits: this piece goes to the front, and the process stays until it is there. */
  async #wanted(order: Work['order']): Promise<Buffer[]> {
    const work = this.#work(order);
    if (this.#waiting.includes(work))
      this.#waiting = [work, ...this.#waiting.filter((other) => other !== work)];
    const staying = setInterval(() => {}, 60_000);
    try {
      const answer = await work.result;
      if (answer.files === undefined) throw new Error(`composing failed: ${answer.why}`);
      return answer.files.map((file) => Buffer.from(file.buffer, file.byteOffset, file.byteLength));
    } finally {
      clearInterval(staying);
    }
  }

  #work(order: Work['order']): Work {
    const key = JSON.stringify(order);
    const known = this.#works.get(key);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<WorkerAnswer>();
    const work: Work = { order, result: promise, resolve, bytes: undefined };
    this.#works.set(key, work);
    this.#waiting.push(work);
    this.#dispatch();
    return work;
  }

  /** The oldest go first, and come again if they are asked for again. */
  #forgetOldest(): void {
    let bytes = [...this.#works.values()].reduce((sum, work) => sum + (work.bytes ?? 0), 0);
    for (const [key, work] of this.#works) {
      if (bytes <= keptBytes) return;
      if (work.bytes === undefined) continue;
      bytes -= work.bytes;
      this.#works.delete(key);
    }
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? this.#hire();
      const work = worker === undefined ? undefined : this.#waiting.shift();
      if (worker === undefined || work === undefined) return;
      this.#give(worker, work);
    }
  }

  #give(worker: Worker, work: Work): void {
    const id = this.#nextId;
    this.#nextId += 1;
    const end = (answer: WorkerAnswer): void => {
      worker.off('message', end).off('error', died);
      work.bytes = answer.files?.reduce((sum, file) => sum + file.byteLength, 0) ?? 0;
      work.resolve(answer);
      // What failed is tried anew when it is asked for again.
      if (answer.files === undefined) this.#works.delete(JSON.stringify(work.order));
      this.#forgetOldest();
      if (this.#all.has(worker)) this.#idle.push(worker);
      this.#dispatch();
    };
    const died = (error: unknown): void => {
      this.#all.delete(worker);
      end({ id, why: String(error) });
    };
    worker.on('message', end).on('error', died);
    worker.postMessage({ id, ...work.order } satisfies WorkerOrder, []);
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
