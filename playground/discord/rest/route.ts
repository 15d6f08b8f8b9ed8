import type { SpecSchema } from 'discord-api-spec/zod';
import type { Bot } from '../model/bot.ts';
import type { UploadedFile } from '../messages/message-form.ts';
import type { Limit } from './rate-limits.ts';
import { refusals } from './refused.ts';

export interface Reply {
  status: number;
  body?: unknown;
}

/** One request, after it has been read and its route is known. */
export class Call {
  readonly query: URLSearchParams;
  /** As the route's schema has accepted it. */
  readonly body: unknown;
  readonly files: UploadedFile[];
  readonly #params: Record<string, string>;
  readonly #bot: Bot | undefined;

  constructor(parts: {
    params: Record<string, string>;
    query: URLSearchParams;
    body: unknown;
    files: UploadedFile[];
    bot: Bot | undefined;
  }) {
    this.#params = parts.params;
    this.#bot = parts.bot;
    this.query = parts.query;
    this.body = parts.body;
    this.files = parts.files;
  }

  /** The bot whose token came along. */
  get bot(): Bot {
    if (this.#bot === undefined) throw refusals.unauthorized();
    return this.#bot;
  }

  param(name: string): string {
    const value = this.#params[name];
    if (value === undefined) throw new Error(`The route has no :${name}`);
    return value;
  }
}

export interface Route {
  method: string;
  /** `/channels/:channel_id/messages` */
  path: string;
  /** Callbacks and webhooks open with the token in their path instead. */
  auth: 'bot' | 'path';
  /** None: not limited at all (callbacks). */
  limit?: Limit;
  /** The schema of the body, or how to choose it by the body. */
  schema?: SpecSchema | ((body: unknown) => SpecSchema);
  handle: (call: Call) => Reply | Promise<Reply>;
}

export interface Match {
  route: Route;
  params: Record<string, string>;
  /** What rate limits count by: https://discord.com/developers/docs/topics/rate-limits (top-level resources). */
  major: string;
}

const MAJOR = ['channel_id', 'guild_id', 'application_id', 'webhook_id', 'webhook_token'];

/** Finds routes by method and path. */
export class Router {
  readonly #routes: Array<{ route: Route; segments: string[] }>;

  constructor(routes: Route[]) {
    // A literal segment beats a parameter: /messages/@original before /messages/:message_id.
    this.#routes = routes
      .map((route) => ({ route, segments: route.path.split('/') }))
      .sort((a, b) => parameters(a.segments) - parameters(b.segments));
  }

  find(method: string, path: string): Match | undefined {
    const asked = path.split('/');
    for (const { route, segments } of this.#routes) {
      if (route.method !== method || segments.length !== asked.length) continue;
      const params = match(segments, asked);
      if (params === undefined) continue;
      const major = MAJOR.map((name) => params[name])
        .filter(Boolean)
        .join('/');
      return { route, params, major };
    }
    return undefined;
  }
}

function parameters(segments: string[]): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function match(segments: string[], asked: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = asked[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}
