import { createHmac, randomBytes } from 'node:crypto';
import { Attachment, type AttachmentFacts } from './attachment.ts';
import type { Clock } from './clock.ts';
import type { Snowflakes } from './snowflakes.ts';

/** How long a signed link lives: https://discord.com/developers/docs/reference#signed-attachment-cdn-urls */
const LINK_LIFE_MS = 24 * 3_600_000;

/** Discord keeps letters, digits, dots, dashes and underscores of a file name. */
const UNSAFE = /[^\p{L}\p{N}._-]+/gu;

/** Stores attachments and hands out links that are signed and expire. */
export class Cdn {
  readonly #clock: Clock;
  readonly #snowflakes: Snowflakes;
  readonly #secret = randomBytes(32);
  readonly #files = new Map<string, Attachment>();
  /** Set as soon as the port is known. */
  origin = '';

  constructor(clock: Clock, snowflakes: Snowflakes) {
    this.#clock = clock;
    this.#snowflakes = snowflakes;
  }

  store(channelId: string, facts: Omit<AttachmentFacts, 'id'>): Attachment {
    const filename = facts.filename.replaceAll(UNSAFE, '_') || 'unknown';
    const id = this.#snowflakes.next();
    const folder = facts.ephemeral === true ? 'ephemeral-attachments' : 'attachments';
    const path = `/${folder}/${channelId}/${id}/${encodeURIComponent(filename)}`;
    const attachment = new Attachment({ ...facts, id, filename }, () => this.#sign(path));
    this.#files.set(path, attachment);
    return attachment;
  }

  remove(attachment: Attachment): void {
    for (const [path, file] of this.#files) if (file === attachment) this.#files.delete(path);
  }

  /** The file behind a link, if it is there, the signature is right and the link has not expired. */
  open(path: string, query: URLSearchParams): Attachment | undefined {
    const expiresAt = Number.parseInt(query.get('ex') ?? '', 16) * 1_000;
    const issued = query.get('is') ?? '';
    const isGenuine = query.get('hm') === this.#hash(path, query.get('ex') ?? '', issued);
    return isGenuine && expiresAt > this.#clock.now() ? this.#files.get(path) : undefined;
  }

  #sign(path: string): string {
    const issuedAt = this.#clock.now();
    const ex = Math.floor((issuedAt + LINK_LIFE_MS) / 1_000).toString(16);
    const is = Math.floor(issuedAt / 1_000).toString(16);
    return `${this.origin}${path}?ex=${ex}&is=${is}&hm=${this.#hash(path, ex, is)}&`;
  }

  #hash(path: string, ex: string, is: string): string {
    return createHmac('sha256', this.#secret).update(`${path} ${ex} ${is}`).digest('hex');
  }
}
