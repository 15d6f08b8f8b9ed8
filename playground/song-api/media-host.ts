import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer } from './http-answer.ts';

/** How a media host can misbehave about one file. */
export interface MediaManner {
  /** 404 until so long after the task was done. */
  lagMs?: number;
  bytesPerSecond?: number;
  /** The file never ends (and has no length). */
  endless?: boolean;
  /** Leaves the length out, as chunked answers do. */
  withoutLength?: boolean;
  /** Only so many bytes are there, and the answer says so: a short file, not a broken connection. */
  onlyBytes?: number;
}

/** A file that is made while it is sent: `read` gives the bytes from `from` up to and without `to`. */
export interface StreamedFile {
  size: number;
  read: (from: number, to: number) => AsyncIterable<Buffer>;
}

export type MediaContent = () => Promise<Buffer | StreamedFile>;

interface MediaFile {
  contentType: string;
  content: MediaContent;
  manner: MediaManner;
  publishedAt: number;
}

/** A public bucket: files by their path, no key, ranges served. */
export class MediaHost {
  readonly #files = new Map<string, MediaFile>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  publish(path: string, contentType: string, content: MediaContent, manner: MediaManner = {}): void {
    this.#files.set(path, { contentType, content, manner, publishedAt: this.#now() });
  }

  /** As when the upstream deletes old songs. */
  withdraw(path: string): void {
    this.#files.delete(path);
  }

  async answer(path: string, range: string | undefined): Promise<HttpAnswer> {
    const file = this.#files.get(path);
    if (file === undefined || this.#now() < file.publishedAt + (file.manner.lagMs ?? 0)) return noSuchKey();
    const whole = await file.content();
    if (!Buffer.isBuffer(whole)) return streamed(whole, file.contentType, range);
    const bytes = whole.subarray(0, file.manner.onlyBytes ?? whole.length);
    const headers: Record<string, string> = { 'content-type': file.contentType, 'accept-ranges': 'bytes' };
    if (file.manner.endless === true) return { status: 200, headers, body: forEver(bytes) };

    const part = range === undefined ? undefined : parseRange(range, bytes.length);
    if (part === 'unsatisfiable')
      return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` }, body: Buffer.alloc(0) };
    const body = part === undefined ? bytes : bytes.subarray(part.from, part.to + 1);
    if (part !== undefined) headers['content-range'] = `bytes ${part.from}-${part.to}/${bytes.length}`;
    if (file.manner.withoutLength !== true) headers['content-length'] = String(body.length);
    const status = part === undefined ? 200 : 206;
    const speed = file.manner.bytesPerSecond;
    if (speed !== undefined) return { status, headers, body: drip(body, speed) };
    return { status, headers, body: file.manner.withoutLength === true ? chunked(body) : body };
  }
}

function streamed({ size, read }: StreamedFile, contentType: string, range: string | undefined): HttpAnswer {
  const headers = { 'content-type': contentType, 'accept-ranges': 'bytes' };
  const part = range === undefined ? undefined : parseRange(range, size);
  if (part === 'unsatisfiable')
    return { status: 416, headers: { 'content-range': `bytes */${size}` }, body: Buffer.alloc(0) };
  if (part === undefined)
    return { status: 200, headers: { ...headers, 'content-length': String(size) }, body: read(0, size) };
  const { from, to } = part;
  return {
    status: 206,
    headers: {
      ...headers,
      'content-range': `bytes ${from}-${to}/${size}`,
      'content-length': String(to + 1 - from),
    },
    body: read(from, to + 1),
  };
}

/** Google's bucket answers in XML. */
function noSuchKey(): HttpAnswer {
  const xml =
    "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";
  return {
    status: 404,
    headers: { 'content-type': 'application/xml; charset=UTF-8' },
    body: Buffer.from(xml),
  };
}

/** One range of bytes, ends included; anything but a plain single range is ignored, as HTTP allows. */
function parseRange(range: string, size: number): { from: number; to: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from > to ? 'unsatisfiable' : { from, to };
}

async function* chunked(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function* drip(bytes: Buffer, bytesPerSecond: number): AsyncGenerator<Buffer> {
  const slice = Math.max(1, Math.round(bytesPerSecond / 20));
  for (let at = 0; at < bytes.length; at += slice) {
    yield bytes.subarray(at, at + slice);
    await sleep(50);
  }
}

async function* forEver(bytes: Buffer): AsyncGenerator<Buffer> {
  const filler = Buffer.alloc(64 * 1024);
  yield bytes;
  for (;;) yield filler;
}
