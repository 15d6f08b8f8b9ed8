/**
 * Fetches finished files from wherever the song API says they are. The key never goes there; every hop is checked;
 * time and size are bounded; files that lag behind their record are waited for.
 */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { checkAddress, isTrusted, publicLookup, RefusedAddress } from './address-guard.ts';

export class MediaError extends Error {
  /** `refused`: the address is not one we go to. `too-large`: over the cap. `gone`: not there after all tries. */
  readonly kind: 'refused' | 'too-large' | 'gone';

  constructor(kind: 'refused' | 'too-large' | 'gone', cause: unknown) {
    super(`media ${kind}`, { cause });
    this.name = 'MediaError';
    this.kind = kind;
  }
}

export interface MediaOptions {
  clock: Clock;
  log: Logger;
  trustedHosts: ReadonlySet<string>;
  /** Waits between tries: a file may lag a little behind the record that names it. */
  retryDelaysMs?: readonly number[] | undefined;
}

const timeoutMs = { connect: 10_000, idle: 15_000, whole: 120_000 };
const mostRedirects = 3;

export class Media {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #trustedHosts: ReadonlySet<string>;
  readonly #retryDelaysMs: readonly number[];
  readonly #public = new Agent({ connect: { timeout: timeoutMs.connect, lookup: publicLookup } });
  readonly #trusted = new Agent({ connect: { timeout: timeoutMs.connect } });

  constructor(options: MediaOptions) {
    this.#clock = options.clock;
    this.#log = options.log;
    this.#trustedHosts = options.trustedHosts;
    this.#retryDelaysMs = options.retryDelaysMs ?? [1_000, 4_000, 15_000, 40_000];
  }

  /**
   * Writes the file to `path` (overwritten) and gives its size in bytes. Throws `MediaError`, or the system's own error
   * where our disk is the trouble; leaves no torso.
   */
  async download(address: string, path: string, maxBytes: number, signal?: AbortSignal): Promise<number> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#tryOnce(address, path, maxBytes, signal);
      } catch (error) {
        await rm(path, { force: true });
        if (error instanceof MediaError || isOurDisk(error)) throw error;
        if (isRefusal(error)) throw new MediaError('refused', error);
        const wait = this.#retryDelaysMs[attempt];
        if (wait === undefined || signal?.aborted) throw new MediaError('gone', error);
        this.#log.debug({ err: error, attempt, waitMs: wait }, 'a file is not there yet');
        await this.#clock.sleep(wait, signal);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#public.destroy(), this.#trusted.destroy()]);
  }

  async #tryOnce(address: string, path: string, maxBytes: number, signal?: AbortSignal): Promise<number> {
    const deadline = AbortSignal.timeout(timeoutMs.whole);
    const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    const response = await this.#open(new URL(address), either);
    const announced = Number(response.headers['content-length'] ?? 0);
    let bytes = 0;
    const tooLarge = (): MediaError => new MediaError('too-large', `${Math.max(announced, bytes)} bytes`);
    if (announced > maxBytes) {
      response.body.destroy();
      throw tooLarge();
    }
    const cap = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.byteLength;
        done(bytes > maxBytes ? tooLarge() : null, chunk);
      },
    });
    await pipeline(response.body, cap, createWriteStream(path, { mode: 0o600 }), { signal: either });
    if (bytes === 0) throw new Error('an empty file');
    return bytes;
  }

  async #open(url: URL, signal: AbortSignal, redirects = 0): Promise<Dispatcher.ResponseData> {
    checkAddress(url, this.#trustedHosts);
    const response = await request(url, {
      dispatcher: isTrusted(url, this.#trustedHosts) ? this.#trusted : this.#public,
      headersTimeout: timeoutMs.idle,
      bodyTimeout: timeoutMs.idle,
      signal,
    });
    if (response.statusCode === 200) return response;
    await response.body.dump({ limit: 16_384, signal });
    const location = response.headers['location'];
    if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
      if (redirects === mostRedirects) throw new RefusedAddress('too many redirects');
      return this.#open(new URL(location, url), signal, redirects + 1);
    }
    throw new Error(`the media host answered ${response.statusCode}`);
  }
}

const diskTroubles = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES', 'EMFILE', 'ENFILE']);

/** Says nothing about the file: it is there, and goes on being there while we make room. */
function isOurDisk(error: unknown): boolean {
  if (!(error instanceof Error) || Reflect.get(error, 'syscall') === 'connect') return false;
  return diskTroubles.has(String(Reflect.get(error, 'code')));
}

function isRefusal(error: unknown): boolean {
  if (error instanceof RefusedAddress) return true;
  return error instanceof Error && error.cause !== undefined && isRefusal(error.cause);
}
