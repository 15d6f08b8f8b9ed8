import { randomUUID } from 'node:crypto';
import type { Composer } from './composer/composer.ts';
import { songLength } from './composer/song-length.ts';
import type { SongRequest } from './composer/song-request.ts';
import type { EmulatedTask, TaskScript, UpstreamClip } from './emulated-task.ts';
import type { Platform } from './platform.ts';
import { inventLyrics, inventTitle } from './invent-words.ts';
import type { MediaHost } from './media-host.ts';
import { hashOf, SeededRandom } from './seeded-random.ts';
import type { SongOrder } from './song-order.ts';

/** Where each platform's files lie. The Producer's path is that of the documentation's example. */
const shelves = {
  producer: {
    audio: (id: string) => `/producer-app-public/clips/${id}.m4a`,
    image: (id: string) => `/producer-app-public/assets/${id}.jpg`,
    model: 'FUZZ-2.0',
    clips: 1,
  },
  suno: {
    audio: (id: string) => `/cdn1.suno.ai/${id}.m4a`,
    image: (id: string) => `/cdn2.suno.ai/image_${id}.jpeg`,
    model: 'chirp-v5',
    clips: 2,
  },
} as const;

/** So many takes of one request differ from each other; then they repeat, so fifty equal jobs are composed thrice. */
const takesOfOneRequest = 3;

/** The music service behind the gateway: turns orders into songs and puts the files on its media host. */
export class Upstream {
  readonly #composer: Composer;
  readonly #media: MediaHost;
  readonly #origin: () => string;
  readonly #seconds: number | undefined;
  readonly #seed: number;
  readonly #takes = new Map<string, number>();

  constructor(options: {
    composer: Composer;
    media: MediaHost;
    /** "http://host:port" of the media host, known once it listens. */
    origin: () => string;
    seconds: number | undefined;
    seed: number;
  }) {
    this.#composer = options.composer;
    this.#media = options.media;
    this.#origin = options.origin;
    this.#seconds = options.seconds;
    this.#seed = options.seed;
  }

  /** Decides what will come of an order, and starts to compose it. */
  begin(platform: Platform, order: SongOrder, script: TaskScript, doneAt: number): UpstreamClip[] {
    const count = script.clips ?? shelves[platform].clips;
    const clips = Array.from({ length: count }, (_, index) =>
      this.#clip(platform, order, script, index, doneAt),
    );
    if (script.audioBytes === undefined && script.fail === undefined)
      for (const clip of clips) this.#composer.prepare(clip.request);
    return clips;
  }

  /** The task is done: from now on its files are there. */
  publish(task: EmulatedTask): void {
    const { script } = task;
    const shelf = shelves[task.platform];
    for (const clip of task.clips) {
      const { audioBytes } = script;
      this.#media.publish(
        shelf.audio(clip.clipId),
        script.contentType ?? 'audio/mp4',
        async () => audioBytes ?? (await this.#composer.song(clip.request)).audio,
        script.audioManner,
      );
      this.#media.publish(
        shelf.image(clip.clipId),
        'image/jpeg',
        async () => (await this.#composer.song(clip.request)).cover,
        script.imageManner,
      );
    }
  }

  #clip(
    platform: Platform,
    order: SongOrder,
    script: TaskScript,
    index: number,
    doneAt: number,
  ): UpstreamClip {
    const shelf = shelves[platform];
    const seed = this.#seedFor(order, index);
    const random = new SeededRandom(seed);
    const description = [order.prompt, order.style].filter((words) => words !== '').join(', ');
    const title = script.title ?? (order.title || inventTitle(description || order.lyrics, random));
    const lyrics = order.instrumental
      ? ''
      : (script.lyrics ?? (order.lyrics || inventLyrics(description, random)));
    const words = description || order.lyrics;
    const request: SongRequest = {
      words,
      title,
      lyrics,
      instrumental: order.instrumental,
      seconds: script.seconds ?? this.#seconds ?? songLength(words, seed),
      seed,
    };
    const clipId = randomUUID();
    return {
      clipId,
      title,
      sound: order.style || order.prompt,
      lyrics,
      model: order.model || shelf.model,
      seed: order.seed,
      seconds: request.seconds,
      createdAt: withMicroseconds(doneAt, random),
      request,
      audioUrl: script.audioUrl ?? `${this.#origin()}${shelf.audio(clipId)}`,
      imageUrl: script.imageUrl ?? `${this.#origin()}${shelf.image(clipId)}`,
    };
  }

  /** The member's seed if there is one; otherwise the next take of this request. */
  #seedFor(order: SongOrder, index: number): number {
    if (order.seed !== null) return hashOf(`${order.seed}/${index}`);
    const request = JSON.stringify({ ...order, index });
    const take = this.#takes.get(request) ?? 0;
    this.#takes.set(request, (take + 1) % takesOfOneRequest);
    return hashOf(`${this.#seed}/${take}/${request}`);
  }
}

/** As upstream writes times: "2026-03-13T07:10:57.379725Z". */
function withMicroseconds(at: number, random: SeededRandom): string {
  return new Date(at).toISOString().replace('Z', `${random.whole(0, 999).toString().padStart(3, '0')}Z`);
}
