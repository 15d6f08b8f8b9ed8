import { randomUUID } from 'node:crypto';
import { actionKind, needsParent, type ActionKind } from './action-kind.ts';
import type { Composer } from './composer/composer.ts';
import { songLength } from './composer/song-length.ts';
import { planSong } from './composer/song-plan.ts';
import type { SongRequest } from './composer/song-request.ts';
import { stemNames } from './composer/write-score.ts';
import type { EmulatedTask, TaskScript } from './emulated-task.ts';
import { followUpResult } from './follow-up-result.ts';
import { inventLyrics, inventTitle } from './invent-words.ts';
import type { MediaHost } from './media-host.ts';
import type { Platform } from './platform.ts';
import { hashOf, SeededRandom } from './seeded-random.ts';
import type { SongOrder } from './song-order.ts';
import type { UpstreamClip, UpstreamJob } from './upstream-job.ts';

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

/** So many takes of one request differ from each other; then they repeat: fifty equal jobs are composed thrice. */
const takesOfOneRequest = 3;

export interface UpstreamOptions {
  composer: Composer;
  media: MediaHost;
  /** "http://host:port" of the media host, known once it listens. */
  origin: () => string;
  /** Length of every song; undefined leaves it to the description. */
  seconds: number | undefined;
  seed: number;
  /** Whether uploads fetch the address that they are given. */
  serveUploads: boolean;
}

export interface UpstreamOrder {
  platform: Platform;
  action: string;
  order: SongOrder;
  script: TaskScript;
  /** Unix milliseconds. */
  at: number;
}

/** The music service behind the gateway: turns orders into songs and puts the files on its media host. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #takes = new Map<string, number>();
  /** Every finished clip: what follow-ups can name. */
  readonly #clips = new Map<string, UpstreamClip>();

  constructor(options: UpstreamOptions) {
    this.#options = options;
  }

  /** Decides what will come of an order, and starts to compose it. */
  begin(ordered: UpstreamOrder): UpstreamJob {
    const { action, order, script, platform } = ordered;
    const kind = actionKind(action);
    const parent = order.parentIds.map((id) => this.#clips.get(id)).find((clip) => clip !== undefined);
    // A common mistake is to send the `task_…` id here; the upstream knows its own clips only.
    if (needsParent(kind) && parent === undefined)
      return { clips: [], failure: 'clip not found', ready: true };
    const result = followUpResult(kind, order, parent, () => this.#seedFor(order, 0));
    if (result !== undefined) return { clips: [], result, ready: true };

    const clips =
      kind === 'stems' || kind === 'vocals'
        ? this.#stemClips(ordered, kind, parent)
        : Array.from(
            { length: script.clips ?? (kind === 'song' ? shelves[platform].clips : 1) },
            (_, index) => this.#clip(ordered, this.#request(ordered, kind, parent, index)),
          );
    const job: UpstreamJob = { clips, ready: true };
    if (script.audioBytes !== undefined) {
      for (const clip of clips)
        clip.file = { bytes: script.audioBytes, contentType: script.contentType ?? 'audio/mp4' };
    } else if (kind === 'upload' && this.#options.serveUploads) void this.#takeIn(order.fileUrl, job);
    else if (script.fail === undefined)
      for (const clip of clips) if (clip.stem === undefined) this.#options.composer.prepare(clip.request);
    return job;
  }

  /** The task is done: from now on its files are there. */
  publish({ clips, platform, script }: EmulatedTask, at: number): void {
    const { composer, media } = this.#options;
    const shelf = shelves[platform];
    for (const clip of clips) {
      const { request, stem, file } = clip;
      clip.createdAt = withMicroseconds(at, new SeededRandom(clip.clipId));
      this.#clips.set(clip.clipId, clip);
      media.publish(
        shelf.audio(clip.clipId),
        script.contentType ?? file?.contentType ?? 'audio/mp4',
        async () => {
          if (file !== undefined) return file.bytes;
          if (stem === undefined) return (await composer.song(request)).audio;
          return (await composer.stems(request)).find(({ name }) => name === stem)?.audio ?? Buffer.alloc(0);
        },
        script.audioManner,
      );
      media.publish(
        shelf.image(clip.clipId),
        'image/jpeg',
        async () => (await composer.song(request)).cover,
        script.imageManner,
      );
    }
  }

  #clip({ platform, order, script, at }: UpstreamOrder, request: SongRequest): UpstreamClip {
    const shelf = shelves[platform];
    const clipId = randomUUID();
    return {
      clipId,
      title: request.title,
      sound: order.style || order.prompt || request.words,
      lyrics: request.lyrics,
      model: order.model || shelf.model,
      seed: order.seed,
      seconds: request.seconds,
      createdAt: withMicroseconds(at, new SeededRandom(clipId)),
      request,
      audioUrl: script.audioUrl ?? `${this.#options.origin()}${shelf.audio(clipId)}`,
      imageUrl: script.imageUrl ?? `${this.#options.origin()}${shelf.image(clipId)}`,
    };
  }

  #request(
    { action, order, script }: UpstreamOrder,
    kind: ActionKind,
    parent: UpstreamClip | undefined,
    index: number,
  ): SongRequest {
    if (kind === 'same' && parent !== undefined) return parent.request;
    const seed = this.#seedFor(order, index);
    const random = new SeededRandom(seed);
    const own = [order.prompt, order.style].filter((words) => words !== '').join(', ');
    const words = [own, parent?.request.words ?? ''].filter((part) => part !== '').join(', ') || order.lyrics;
    const sung = script.lyrics ?? (order.lyrics || parent?.lyrics || inventLyrics(words, random));
    const longer = action === 'EXTEND' ? (order.startsAt ?? parent?.seconds ?? 0) + 15 : parent?.seconds;
    return {
      words,
      title: script.title ?? (order.title || parent?.title || inventTitle(words, random)),
      lyrics: order.instrumental ? '' : sung,
      instrumental: order.instrumental,
      seconds: Math.min(120, script.seconds ?? this.#options.seconds ?? longer ?? songLength(words, seed)),
      seed,
    };
  }

  /** TTAPI names the track in the title: "Weekend Morning (Vocals)". */
  #stemClips(
    ordered: UpstreamOrder,
    kind: 'stems' | 'vocals',
    parent: UpstreamClip | undefined,
  ): UpstreamClip[] {
    if (parent === undefined) return [];
    const names = stemNames(planSong(parent.request)).filter((name) => kind === 'stems' || name === 'vocals');
    return names.map((stem) => ({
      ...this.#clip(ordered, parent.request),
      stem,
      title: `${parent.title} (${stem[0]?.toUpperCase()}${stem.slice(1)})`,
    }));
  }

  async #takeIn(url: string | null, job: UpstreamJob): Promise<void> {
    job.ready = false;
    try {
      const response = await fetch(url ?? '');
      if (!response.ok) throw new Error(`status ${response.status}`);
      const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
      const bytes = Buffer.from(await response.arrayBuffer());
      for (const clip of job.clips) clip.file = { bytes, contentType };
    } catch {
      job.failure = 'audio_url can not be downloaded';
    }
    job.ready = true;
  }

  /** The member's seed if there is one; otherwise the next take of this request. */
  #seedFor(order: SongOrder, index: number): number {
    if (order.seed !== null) return hashOf(`${order.seed}/${index}`);
    const request = JSON.stringify({ ...order, index });
    const take = this.#takes.get(request) ?? 0;
    this.#takes.set(request, (take + 1) % takesOfOneRequest);
    return hashOf(`${this.#options.seed}/${take}/${request}`);
  }
}

/** As upstream writes times: "2026-03-13T07:10:57.379725Z". */
function withMicroseconds(at: number, random: SeededRandom): string {
  return new Date(at).toISOString().replace('Z', `${random.whole(0, 999).toString().padStart(3, '0')}Z`);
}
