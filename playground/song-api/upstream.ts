import { randomUUID } from 'node:crypto';
import { needsParent, type ActionKind } from './actions.ts';
import type { Composer } from './composer/composer.ts';
import { scoreOf } from './composer/piece-score.ts';
import type { Piece } from './composer/piece.ts';
import { songLength } from './composer/song-length.ts';
import type { SongRequest } from './composer/song-request.ts';
import { deriveFiles } from './derive-files.ts';
import type { EmulatedTask, TaskScript } from './emulated-task.ts';
import { followUpResult } from './follow-up-result.ts';
import { inventLyrics, inventTitle } from './invent-words.ts';
import { makePiece, type Made } from './make-piece.ts';
import type { MediaHost } from './media-host.ts';
import type { Platform } from './platform.ts';
import { hashOf, SeededRandom } from './seeded-random.ts';
import { shelves } from './shelves.ts';
import type { SongOrder } from './song-order.ts';
import type { Shapes } from './switches.ts';
import { takeIn } from './take-in.ts';
import type { UpstreamClip, UpstreamJob } from './upstream-job.ts';

/** So many takes of one request differ from each other; then they repeat: fifty equal jobs are composed thrice. */
const takesOfOneRequest = 3;

/** Seconds that an extension adds, unless a script or the emulator says otherwise. */
const usualExtension = 20;

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
  shapes: Shapes;
}

export interface UpstreamOrder {
  platform: Platform;
  kind: ActionKind;
  order: SongOrder;
  script: TaskScript;
  /** Unix milliseconds. */
  at: number;
}

/** The music service behind the gateway: turns orders into songs and puts the files on its media host. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #takes = new Map<string, number>();
  /** Every finished clip by platform and id: what follow-ups can name. They are two services, and don't share clips. */
  readonly #clips = new Map<string, UpstreamClip>();

  constructor(options: UpstreamOptions) {
    this.#options = options;
  }

  /** Decides what will come of an order, and starts to compose it. */
  begin(ordered: UpstreamOrder): UpstreamJob {
    const { kind, order, script, platform } = ordered;
    const parents = order.parentIds.flatMap((id) => this.#clips.get(`${platform}/${id}`) ?? []);
    const [parent] = parents;
    // A common mistake is to send the `task_…` id here; the upstream knows its own clips only.
    const isLost = parents.length < order.parentIds.length || parent === undefined;
    if (needsParent(kind) && isLost) return failed('clip not found');
    const result = followUpResult(kind, platform, order, parent?.piece, () => this.#seedFor(order, 0));
    if (result !== undefined) return { clips: [], files: [], result, ready: true };
    const derived =
      parent === undefined
        ? undefined
        : deriveFiles({ ...ordered, parent, ...this.#options, clip: (made) => this.#clip(ordered, made) });
    const job = derived ?? this.#compose(ordered, parents);
    if (script.audioBytes !== undefined) {
      const bytes = script.audioBytes;
      for (const clip of job.clips)
        clip.file = { content: async () => bytes, contentType: script.contentType ?? 'audio/mp4' };
    } else if (kind === 'upload' && this.#options.serveUploads) {
      void takeIn(order.fileUrl, job);
    } else if (isHeard(script)) {
      void this.#prepare(job);
    }
    return job;
  }

  /** The task is done: from now on its files are there. */
  publish({ clips, job, platform, script }: EmulatedTask, at: number): void {
    const { composer, media } = this.#options;
    const shelf = shelves[platform];
    for (const clip of clips) {
      const { piece, title, file } = clip;
      clip.createdAt = withMicroseconds(at, new SeededRandom(clip.clipId));
      this.#clips.set(`${platform}/${clip.clipId}`, clip);
      media.publish(
        shelf.audio(clip.clipId),
        script.contentType ?? file?.contentType ?? 'audio/mp4',
        file?.content ?? (async () => (await composer.song(piece, title)).audio),
        script.audioManner,
      );
      media.publish(
        shelf.image(clip.clipId),
        'image/jpeg',
        async () => (await composer.song(piece, title)).cover,
        script.imageManner,
      );
    }
    for (const { path, contentType, content } of job.files)
      media.publish(path, contentType, content, script.audioManner);
  }

  #compose(ordered: UpstreamOrder, parents: readonly UpstreamClip[]): UpstreamJob {
    const { kind, platform, order, script } = ordered;
    const takes = kind === 'upload' || kind === 'concat' ? 1 : shelves[platform].takes;
    const clips: UpstreamClip[] = [];
    for (let index = 0; index < (script.clips ?? takes); index += 1) {
      const made = this.#make(ordered, parents, index);
      if ('failure' in made) return failed(made.failure);
      clips.push(this.#clip(ordered, made));
    }
    const job: UpstreamJob = { clips, files: [], ready: true };
    const [clip] = clips;
    if (kind === 'upload' && this.#options.shapes.upload === 'id' && clip !== undefined)
      job.result = { id: clip.clipId, url: order.fileUrl, lyrics: '', isFlagged: false };
    return job;
  }

  #make(ordered: UpstreamOrder, parents: readonly UpstreamClip[], index: number): Made {
    const { kind, platform, order, script } = ordered;
    const seed = this.#seedFor(order, index);
    const [first, ...others] = parents;
    if (first === undefined || !needsParent(kind))
      return { piece: { is: 'song', request: this.#request(ordered, seed) } };
    const seconds = script.seconds ?? this.#options.seconds ?? usualExtension;
    return makePiece({ kind, platform, order, parents: [first, ...others], seed, seconds });
  }

  #clip(
    { platform, order, script, at }: UpstreamOrder,
    made: { piece: Piece; continues?: UpstreamClip['continues']; title?: string },
  ): UpstreamClip {
    const shelf = shelves[platform];
    const clipId = randomUUID();
    const { plans, seconds } = scoreOf(made.piece);
    const { request } = plans[0].plan;
    const lyrics = [...new Set(plans.map(({ plan }) => plan.request.lyrics))];
    return {
      clipId,
      title: made.title ?? script.title ?? (order.title || request.title),
      sound: order.style || order.prompt || request.words,
      lyrics: lyrics.filter((text) => text !== '').join('\n\n'),
      model: order.model || shelf.model,
      seed: order.seed,
      seconds,
      createdAt: withMicroseconds(at, new SeededRandom(clipId)),
      piece: made.piece,
      ...(made.continues === undefined ? {} : { continues: made.continues }),
      audioUrl: script.audioUrl ?? `${this.#options.origin()}${shelf.audio(clipId)}`,
      imageUrl: script.imageUrl ?? `${this.#options.origin()}${shelf.image(clipId)}`,
    };
  }

  #request({ kind, order, script }: UpstreamOrder, seed: number): SongRequest {
    const random = new SeededRandom(seed);
    const own = [order.prompt, order.style].filter((words) => words !== '').join(', ');
    const words = own || order.lyrics;
    const sung = script.lyrics ?? (order.lyrics || inventLyrics(words, random));
    return {
      words,
      title: script.title ?? (order.title || inventTitle(words, random)),
      lyrics: order.instrumental || kind === 'sound' ? '' : sung,
      instrumental: order.instrumental || kind === 'sound',
      seconds: Math.min(120, script.seconds ?? this.#options.seconds ?? songLength(words, seed)),
      seed,
      ...(kind === 'sound' ? { sound: order.sound } : {}),
    };
  }

  async #prepare(job: UpstreamJob): Promise<void> {
    const songs = job.clips.filter((clip) => clip.file === undefined);
    job.composing = true;
    // One that can't be composed says so to whoever asks for its file.
    await Promise.allSettled(songs.map(({ piece, title }) => this.#options.composer.prepare(piece, title)));
    job.composing = false;
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

/** Of some songs it is known beforehand that nobody will ever ask for their files. */
function isHeard({ fail, vanish, neverFinish }: TaskScript): boolean {
  return fail === undefined && vanish !== true && neverFinish !== true;
}

function failed(failure: string): UpstreamJob {
  return { clips: [], files: [], failure, ready: true };
}

/** As upstream writes times: "2026-03-13T07:10:57.379725Z". */
function withMicroseconds(at: number, random: SeededRandom): string {
  return new Date(at).toISOString().replace('Z', `${random.whole(0, 999).toString().padStart(3, '0')}Z`);
}
