import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultAct, Faults } from '../../faults.ts';
import type { Journal, JournalRow } from './journal.ts';
import { limitHeaders, LIMITS, RateLimits, type LimitState } from './rate-limits.ts';
import { invalidForm, Refused, refusals } from './refused.ts';
import { parseBody, readBytes } from './request-body.ts';
import { Call, type Match, type Reply, type Router } from './route.ts';
import { judge } from './schema-judge.ts';
import type { World } from '../world.ts';

/** A request that no state of Discord could have made right. */
export interface Violation {
  at: number;
  method: string;
  path: string;
  status: number;
  code: number;
  /** In words, with the place in the body. */
  reason: string;
}

interface Answer extends Reply {
  headers: Record<string, string>;
}

const API = '/api/v10';
/** https://discord.com/developers/docs/reference#user-agent */
const USER_AGENT = /^DiscordBot \(\S+, \S+\)/;

/** The REST API: reads, limits, judges, serves and writes down every request. */
export class Rest {
  readonly violations: Violation[] = [];
  /** Keys that bots send and Discord's description doesn't know, each with its route. */
  readonly notes = new Set<string>();
  rateLimited = 0;
  readonly #world: World;
  readonly #router: Router;
  readonly #journal: Journal;
  readonly #faults: Faults;
  readonly #limits: RateLimits;

  constructor(world: World, router: Router, journal: Journal, faults: Faults) {
    this.#world = world;
    this.#router = router;
    this.#journal = journal;
    this.#faults = faults;
    this.#limits = new RateLimits(() => world.clock.now());
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const startedAt = performance.now();
    const method = request.method ?? 'GET';
    // discord.js writes `%40original`.
    const fullPath = url.pathname.replaceAll('%40', '@');
    const path = fullPath.startsWith(API) ? fullPath.slice(API.length) : fullPath;
    // A fault may be asked for by the full path, or as Discord's documentation writes it.
    const fault = this.#faults.take({ method, path: fullPath }) ?? this.#faults.take({ method, path });
    const row: JournalRow = {
      at: this.#world.clock.now(),
      method,
      path,
      route: undefined,
      query: url.search,
      status: 0,
      body: undefined,
      files: [],
      tookMs: 0,
    };
    if (fault !== undefined) row.fault = fault.kind;
    const answer = await this.#answer(request, url, row, fault);
    const isSent = answer !== undefined && fault?.kind !== 'drop-after';
    row.status = isSent ? answer.status : 0;
    row.tookMs = performance.now() - startedAt;
    this.#journal.write(row);
    if (isSent) send(response, answer, fault?.kind === 'truncate');
    else if (fault?.kind !== 'hang') request.socket.destroy();
  }

  /** Undefined where nothing is to be answered. */
  async #answer(
    request: IncomingMessage,
    url: URL,
    row: JournalRow,
    fault: FaultAct | undefined,
  ): Promise<Answer | undefined> {
    if (fault?.kind === 'drop' || fault?.kind === 'hang') return undefined;
    if (fault?.kind === 'answer') {
      await readBytes(request);
      return { status: fault.status, body: fault.body, headers: fault.headers ?? {} };
    }
    if (fault?.kind === 'delay') await sleep(fault.ms);
    const headers: Record<string, string> = {};
    try {
      const reply = await this.#serve(request, url, row, headers);
      return { ...reply, headers };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#note(error, row);
      return { status: error.status, body: error.body(), headers: { ...headers, ...error.headers } };
    }
  }

  async #serve(
    request: IncomingMessage,
    url: URL,
    row: JournalRow,
    headers: Record<string, string>,
  ): Promise<Reply> {
    const bytes = await readBytes(request);
    if (!USER_AGENT.test(request.headers['user-agent'] ?? '')) throw refusals.badUserAgent();
    const match = url.pathname.startsWith(`${API}/`) ? this.#router.find(row.method, row.path) : undefined;
    if (match === undefined) throw refusals.noSuchRoute();
    const { route, params } = match;
    row.route = route.path;
    const token = params['webhook_token'] ?? params['interaction_token'];
    const interactionId = token === undefined ? undefined : this.#world.interactions.idOf(token);
    if (interactionId !== undefined) row.interactionId = interactionId;

    const bot = this.#world.botByToken((request.headers.authorization ?? '').replace(/^Bot /, ''));
    if (route.auth === 'bot' && bot === undefined) throw refusals.unauthorized();
    this.#limit(match, bot?.applicationId, headers);

    const { json, files } = await parseBody(bytes, request.headers['content-type'] ?? '');
    row.body = json;
    row.files = files.map((file) => ({
      name: file.name,
      size: file.bytes.length,
      contentType: file.contentType,
    }));
    const body = route.schema === undefined ? json : this.#judged(match, json ?? {});
    return route.handle(new Call({ params, query: url.searchParams, body, files, bot }));
  }

  #judged({ route }: Match, body: unknown): unknown {
    const schema = typeof route.schema === 'function' ? route.schema(body) : route.schema;
    if (schema === undefined) return body;
    const { problems, unknownKeys } = judge(schema, body);
    if (problems.length > 0) throw invalidForm(problems);
    for (const key of unknownKeys) this.notes.add(`${route.method} ${route.path}: ${key}`);
    return body;
  }

  #limit({ route, major }: Match, botId: string | undefined, headers: Record<string, string>): void {
    // Discord exempts interaction endpoints, which open with a token in the path, from the global limit.
    if (route.auth === 'bot' && botId !== undefined) {
      const global = this.#limits.take(LIMITS.global, botId);
      if (global.isExceeded) throw this.#tooMany(global, 'global');
    }
    if (route.limit === undefined) return;
    const { limit } = route;
    const key = limit === LIMITS.ordinary ? `${route.method} ${route.path} ${major}` : major;
    const state = this.#limits.take(limit, key);
    Object.assign(headers, limitHeaders(state));
    if (state.isExceeded) throw this.#tooMany(state, 'user');
  }

  #tooMany(state: LimitState, scope: 'user' | 'global'): Refused {
    this.rateLimited += 1;
    return new RateLimited(state, scope);
  }

  #note(error: Refused, row: JournalRow): void {
    row.refusal = error.reason();
    if (!error.isViolation) return;
    const { at, method, path } = row;
    this.violations.push({
      at,
      method,
      path,
      status: error.status,
      code: error.code,
      reason: error.reason(),
    });
  }
}

class RateLimited extends Refused {
  readonly #retryAfter: number;
  readonly #scope: string;

  constructor(state: LimitState, scope: 'user' | 'global') {
    const retryAfter = state.resetAfterMs / 1_000;
    super(429, 0, 'You are being rate limited.', {
      headers: {
        'Retry-After': String(Math.ceil(retryAfter)),
        'X-RateLimit-Scope': scope,
        ...(scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
      },
    });
    this.#retryAfter = retryAfter;
    this.#scope = scope;
  }

  override body(): Record<string, unknown> {
    return {
      message: this.message,
      code: this.code,
      retry_after: this.#retryAfter,
      global: this.#scope === 'global',
    };
  }
}

function send(response: ServerResponse, answer: Answer, isTruncated: boolean): void {
  const isText = typeof answer.body === 'string';
  const text =
    answer.body === undefined ? '' : isText ? (answer.body as string) : JSON.stringify(answer.body);
  const bytes = Buffer.from(text);
  // Clients parse a body only where the type says JSON.
  const type = bytes.length === 0 || isText ? {} : { 'Content-Type': 'application/json' };
  const length = answer.status === 204 ? {} : { 'Content-Length': String(bytes.length) };
  response.writeHead(answer.status, { ...type, ...length, ...answer.headers });
  if (!isTruncated) response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
}
