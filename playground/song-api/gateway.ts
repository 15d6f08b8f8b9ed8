import { actionKind } from './actions.ts';
import type { EmulatedTask } from './emulated-task.ts';
import type { Platform } from './platform.ts';
import {
  consolePage,
  jsonAnswer,
  middlewareError,
  successAnswer,
  taskError,
  type HttpAnswer,
} from './http-answer.ts';
import type { RequestKind } from './journal.ts';
import { parseRoute } from './parse-route.ts';
import type { SeededRandom } from './seeded-random.ts';
import { readSongOrder } from './song-order.ts';
import type { Switches } from './switches.ts';
import type { TaskBook } from './task-book.ts';
import { recordOf } from './record-of.ts';
import type { TaskRecord } from './task-record.ts';

export interface GatewayRequest {
  method: string;
  path: string;
  authorization: string | undefined;
  body: Buffer;
  requestId: string;
}

export interface GatewayAnswer extends HttpAnswer {
  kind: RequestKind;
  /** Task ids that the request was about. */
  ids: string[];
}

/** More than the parameters of one SQL statement of MySQL and PostgreSQL. */
const mostIds = 65_535;

/** CCAPI's side of the door: new-api's task routes, with its two error envelopes. */
export class Gateway {
  readonly #accounts: ReadonlyMap<string, number>;
  readonly #book: TaskBook;
  readonly #switches: Switches;
  readonly #random: SeededRandom;

  /** `accounts`: key to user id. */
  constructor(
    accounts: ReadonlyMap<string, number>,
    book: TaskBook,
    switches: Switches,
    random: SeededRandom,
  ) {
    this.#accounts = accounts;
    this.#book = book;
    this.#switches = switches;
    this.#random = random;
  }

  answer(request: GatewayRequest): GatewayAnswer {
    const route = parseRoute(request.method, request.path, this.#switches.doubleSlash === 'serve');
    if (route === undefined) return { ...consolePage(), kind: 'other', ids: [] };
    const userId = this.#userOf(request.authorization);
    const ids: string[] = [];
    const answer =
      userId === undefined
        ? middlewareError(401, '', 'Invalid token', request.requestId)
        : route.is === 'submit'
          ? this.#submit(route.platform, route.action, userId, request, ids)
          : route.is === 'fetch'
            ? this.#fetch(route.taskId, userId, ids)
            : this.#batch(route.platform, userId, request.body, ids);
    return { ...answer, kind: route.is, ids };
  }

  /** new-api drops "Bearer ", then "sk-", then all after the first "-" (where a channel may be named). */
  #userOf(authorization = ''): number | undefined {
    const bare = (key: string): string => key.replace(/^bearer\s+/i, '').replace(/^sk-/, '');
    const given = bare(authorization.trim());
    for (const [key, userId] of this.#accounts)
      if (given === bare(key) || given.split('-')[0] === bare(key)) return userId;
    return undefined;
  }

  #submit(
    platform: Platform,
    action: string,
    userId: number,
    request: GatewayRequest,
    ids: string[],
  ): HttpAnswer {
    const model = `${platform}_${action.toLowerCase()}`;
    const kind = actionKind(platform, action);
    // The channel is chosen by the billing model's name before the body is looked at.
    if (!this.#switches.enabled.has(model) || kind === undefined)
      return this.#notServed(model, request.requestId);
    const body = parseObject(request.body);
    if (body === undefined) return invalidJson(request.body);
    const order = readSongOrder(platform, body);
    if (action === 'MUSIC' && order.prompt === '' && order.style === '' && order.lyrics === '')
      return taskError(400, 'invalid_request', 'prompt_empty');
    if (this.#book.charged() >= this.#switches.balance)
      return taskError(403, 'insufficient_user_quota', '用户额度不足');
    const task = this.#book.accept({ platform, action, kind, userId, body, order });
    ids.push(task.taskId);
    // The upstream's own message, passed through.
    const answer = successAnswer(task.taskId, task.finished ? 'task completed successfully' : '');
    answer.headers['x-new-api-other-ratios'] = '{}';
    return answer;
  }

  #notServed(model: string, requestId: string): HttpAnswer {
    switch (this.#switches.notServed) {
      case 'model_not_found': {
        const message = `No available channel for model ${model} under group default (distributor)`;
        return middlewareError(503, 'model_not_found', message, requestId);
      }
      case 'invalid_action':
        return taskError(400, 'invalid_request', 'invalid_action');
      case 'html':
        return consolePage();
      case 404:
      case 410:
      case 501:
        return taskError(this.#switches.notServed, 'fail_to_fetch_task', 'action not available');
    }
  }

  /** One that isn't there and one of another account look the same, and it is a 400, not a 404. */
  #fetch(taskId: string, userId: number, ids: string[]): HttpAnswer {
    ids.push(taskId);
    const task = this.#book.find(taskId, userId);
    if (task === undefined) return taskError(400, 'task_not_exist', 'task_not_exist');
    return this.#tampered({ code: 'success', message: '', data: recordOf(task) });
  }

  #batch(platform: Platform, userId: number, bytes: Buffer, ids: string[]): HttpAnswer {
    const body = parseObject(bytes);
    const asked = body?.['ids'] ?? [];
    // gin has sent its header by the time the body is written, hence text/plain.
    if (body === undefined || !Array.isArray(asked)) return invalidJson(bytes);
    ids.push(...asked.map(String));
    if (asked.length > mostIds) return taskError(500, 'get_tasks_failed', 'too many SQL variables');
    const { batchLimit, batchFilters } = this.#switches;
    if (asked.length > batchLimit) return taskError(400, 'invalid_request', `at most ${batchLimit} ids`);
    const tasks = [...new Set(ids)]
      .flatMap((id) => this.#book.find(id, userId) ?? [])
      .filter((task) => !batchFilters || task.platform === platform);
    const records = this.#random.shuffled(tasks).flatMap((task) => this.#records(task));
    // A query without a hit leaves new-api's slice nil; without ids there is no query, and the slice is empty.
    const data = asked.length > 0 && tasks.length === 0 ? null : records;
    return this.#tampered({ code: 'success', message: '', data });
  }

  #records(task: EmulatedTask): TaskRecord[] {
    const now = recordOf(task);
    if (this.#switches.doubled === 'off' || !task.finished || task.before === undefined) return [now];
    return this.#switches.doubled === 'old-first' ? [task.before, now] : [now, task.before];
  }

  #tampered(envelope: unknown): HttpAnswer {
    const { tamper } = this.#switches;
    if (tamper === undefined) return jsonAnswer(200, envelope);
    const changed = tamper(structuredClone(envelope));
    const answer = jsonAnswer(200, changed);
    // A string is sent as it is: garbage that isn't JSON at all.
    return typeof changed === 'string' ? { ...answer, body: Buffer.from(changed) } : answer;
  }
}

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function invalidJson(bytes: Buffer): HttpAnswer {
  const message =
    bytes.length === 0 ? 'EOF' : `invalid character '${String.fromCharCode(bytes[0] ?? 0)}' in request body`;
  return taskError(400, 'invalid_request', message, 'text/plain; charset=utf-8');
}
