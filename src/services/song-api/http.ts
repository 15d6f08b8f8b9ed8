/**
 * The song API's transport: one request, one answer, both bounded in time and size. Knows the two error envelopes
 * and what each status means for the caller; knows nothing of songs. Retries nothing: who may repeat what is the
 * caller's decision, since a repeated submit is a second charge.
 */
import { Agent, request, type Dispatcher } from 'undici';
import { byteLimits } from '../../domain/limits.ts';
import { SongApiError, type SongApiErrorKind } from './song-api-error.ts';

export interface HttpOptions {
  baseUrl: string;
  apiKey: string;
}

export interface Call {
  method: 'GET' | 'POST';
  /** With its leading slash. */
  path: string;
  body?: unknown;
  /** A submit charges money: it gets a connection of its own, and doubt about it is never resolved by repeating. */
  submit?: boolean;
}

const timeoutMs = { connect: 10_000, fetch: 20_000, submit: 60_000 };

export class SongApiHttp {
  readonly #options: HttpOptions;
  readonly #keptAlive = new Agent({ connect: { timeout: timeoutMs.connect }, connections: 4 });
  /**
   * A kept-alive socket may be closed by the other side in the moment of sending, which looks just like a submit
   * whose answer was lost. A fresh connection for each submit (pipelining 0) removes that doubt.
   */
  readonly #fresh = new Agent({ connect: { timeout: timeoutMs.connect }, pipelining: 0 });

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** The `data` of a successful envelope. Throws `SongApiError` for everything else. */
  async call(call: Call): Promise<unknown> {
    let response: Dispatcher.ResponseData;
    let text: string;
    try {
      const signal = AbortSignal.timeout(call.submit ? timeoutMs.submit : timeoutMs.fetch);
      response = await request(this.#options.baseUrl + call.path, {
        method: call.method,
        headers: {
          authorization: `Bearer ${this.#options.apiKey}`,
          accept: 'application/json',
          'accept-language': 'en',
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        dispatcher: call.submit ? this.#fresh : this.#keptAlive,
        signal,
      });
      text = await readCapped(response.body);
    } catch (error) {
      const kind = neverLeft(error) ? 'unreachable' : 'unanswered';
      throw new SongApiError(kind, `${call.method} ${call.path}: ${kind}`, { cause: error });
    }
    return readEnvelope(call, response, text);
  }

  async close(): Promise<void> {
    await Promise.all([this.#keptAlive.destroy(), this.#fresh.destroy()]);
  }
}

async function readCapped(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.byteLength;
    if (bytes > byteLimits.songApiAnswer) throw new RangeError('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Codes of errors that come before the first byte is sent. */
const connectFailures = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EPROTO',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function neverLeft(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(neverLeft);
  if (!(error instanceof Error)) return false;
  if (Reflect.get(error, 'syscall') === 'connect') return true;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && connectFailures.has(code);
}

function readEnvelope(call: Call, response: Dispatcher.ResponseData, text: string): unknown {
  const status = response.statusCode;
  const ok = status >= 200 && status < 300;
  // The content type is no help: gin sends some JSON as text/plain.
  const json = parseJson(text);
  const { code, data } = envelopeOf(json);
  if (ok && json !== undefined && isSuccess(code)) return data;

  const html = text.trimStart().startsWith('<');
  const kind = kindOf({ call, status, ok, code, html, isJson: json !== undefined });
  throw new SongApiError(kind, `${call.method} ${call.path}: ${status}${html ? ' (a web page)' : ''}`, {
    status,
    code,
    requestId: headerOf(response, 'x-oneapi-request-id'),
    retryAfterMs: retryAfter(headerOf(response, 'retry-after')),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Both shapes: `{code, message, data}` of the task handlers, `{error: {code, message}}` of the middleware. */
function envelopeOf(json: unknown): { code: string | undefined; data: unknown } {
  if (typeof json !== 'object' || json === null) return { code: undefined, data: undefined };
  const error: unknown = Reflect.get(json, 'error');
  const holder = typeof error === 'object' && error !== null ? error : json;
  const code: unknown = Reflect.get(holder, 'code');
  return {
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : undefined,
    data: Reflect.get(json, 'data'),
  };
}

function isSuccess(code: string | undefined): boolean {
  return code !== undefined && ['success', '0', '200'].includes(code.toLowerCase());
}

const creditCodes = ['insufficient_user_quota', 'pre_consume_token_quota_failed'];
const unservedCodes = ['model_not_found', 'invalid_action'];
const unservedStatuses = [404, 410, 501];

function kindOf(seen: {
  call: Call;
  status: number;
  ok: boolean;
  code: string | undefined;
  html: boolean;
  isJson: boolean;
}): SongApiErrorKind {
  const { call, status, ok, code = '', html, isJson } = seen;
  const enveloped = seen.code !== undefined;
  if (call.submit) {
    if (unservedCodes.includes(code) || unservedStatuses.includes(status) || (ok && html))
      return 'not-served';
    // Not the song API's own words: there may be a task, and there may be a charge. A proxy's "bad gateway" says
    // nothing about what became of the request behind it; only its "service unavailable" says that nobody took it.
    if (!enveloped && (ok || (status >= 500 && status !== 503))) return 'unanswered';
  }
  if (status === 402 || creditCodes.includes(code)) return 'out-of-credit';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 429 || code.startsWith('system_') || (call.submit && status === 503)) return 'limited';
  if (status >= 500 || html || (ok && !isJson)) return 'unavailable';
  return 'rejected';
}

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const longestRetryAfterMs = 10 * 60_000;

/** Seconds or a date (RFC 9110); what is unreadable or beyond ten minutes is cut down. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), longestRetryAfterMs) : undefined;
}
