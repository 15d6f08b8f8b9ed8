import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { EmulatedSongApi, SongApiOptions } from '../../playground/song-api/emulated-song-api.ts';
import { createSongApi } from '../../playground/song-api/song-api.ts';
import type { TaskRecord } from '../../playground/song-api/task-record.ts';

interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where the text is no JSON. */
  json: unknown;
}

export interface SongApiClient {
  api: EmulatedSongApi;
  /** Moves the emulator's clock; nothing happens before the next tick. */
  pass: (ms: number) => void;
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  submit: (body: unknown, path?: string) => Promise<string>;
  fetchOne: (id: string, platform?: string) => Promise<TaskRecord>;
  batch: (ids: unknown, platform?: string) => Promise<TaskRecord[] | null>;
}

/** A song API whose clock and poller move by hand, and a bare HTTP client before it. Stopped with the test. */
export async function openSongApi(options: SongApiOptions = {}): Promise<SongApiClient> {
  let now = 1_773_385_820_250;
  const api = await createSongApi({ pollerMs: Infinity, songSeconds: 2, now: () => now, ...options });
  onTestFinished(() => api.stop());

  const call: SongApiClient['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${api.key}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const data = async (reply: Promise<Reply>): Promise<unknown> => {
    const { json, text } = await reply;
    if (typeof json !== 'object' || json === null || !('data' in json)) throw new Error(`no data in ${text}`);
    return json.data;
  };
  return {
    api,
    pass(ms) {
      now += ms;
    },
    call,
    submit: async (body, path = '/producer/submit/MUSIC') => (await data(call('POST', path, body))) as string,
    fetchOne: async (id, platform = 'producer') =>
      (await data(call('GET', `/${platform}/fetch/${id}`))) as TaskRecord,
    batch: async (ids, platform = 'producer') =>
      (await data(call('POST', `/${platform}/fetch`, { ids }))) as TaskRecord[] | null,
  };
}

/** The batch answer that CCAPI's documentation prints: one task twice, in progress and finished. */
export function documentedBatch(): { code: string; message: string; data: [TaskRecord, TaskRecord] } {
  return JSON.parse(
    readFileSync(new URL('song-api-documented-batch.json', import.meta.url), 'utf8'),
  ) as ReturnType<typeof documentedBatch>;
}

/** The same structure with types for values, keys in their order: what must not differ from the documentation. */
export function shapeOf(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object') return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
  return typeof value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
