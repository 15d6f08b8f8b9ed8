import { randomBytes } from 'node:crypto';
import { Faults } from '../faults.ts';
import { everyAction } from './actions.ts';
import { houseComposer } from './composer/house-composer.ts';
import type { EmulatedSongApi, SongApiOptions } from './emulated-song-api.ts';
import { Gateway } from './gateway.ts';
import { openHttpFront, type FrontAnswer, type FrontRequest } from './http-front.ts';
import { Journal } from './journal.ts';
import { MediaHost } from './media-host.ts';
import { SeededRandom } from './seeded-random.ts';
import { SongApiEvents } from './song-api-events.ts';
import type { Switches } from './switches.ts';
import { randomAlphanumerics, TaskBook } from './task-book.ts';
import { Upstream } from './upstream.ts';

/** User ids of the two accounts; 3 is the one in the documentation's example. */
const [owner, stranger] = [3, 4];

/** Starts an emulated song API and its media host on 127.0.0.1. Nothing but that address is ever contacted. */
export async function createSongApi(options: SongApiOptions = {}): Promise<EmulatedSongApi> {
  const { now = Date.now, seed = 1, pollerMs = 15_000, key = newKey() } = options;
  const strangerKey = newKey();
  const journal = new Journal();
  const faults = new Faults();
  const events = new SongApiEvents();
  const media = new MediaHost(now);
  const switches: Switches = {
    enabled: new Set(
      options.enabled === 'all' ? everyAction() : (options.enabled ?? ['producer_music', 'suno_music']),
    ),
    shapes: {
      stems: 'urls',
      download: 'url',
      wav: 'clip',
      acapella: 'clip',
      upload: 'clip',
      ...options.shapes,
    },
    notServed: options.notServed ?? 'model_not_found',
    doubleSlash: options.doubleSlash ?? 'serve',
    doubled: 'off',
    batchFilters: options.batchFilters ?? false,
    batchLimit: options.batchLimit ?? Infinity,
    balance: options.balance ?? Infinity,
    tamper: undefined,
  };
  const upstream = new Upstream({
    composer: options.composer ?? houseComposer(),
    media,
    origin: () => `http://127.0.0.1:${front.port}`,
    seconds: options.songSeconds,
    seed,
    serveUploads: options.serveUploads ?? false,
    shapes: switches.shapes,
  });
  const book = new TaskBook({
    now,
    songMs: options.songMs ?? [35_000, 55_000],
    rowDelayMs: options.rowDelayMs ?? 0,
    seed,
    upstream,
    events,
  });
  const accounts = new Map([
    [key, owner],
    [strangerKey, stranger],
  ]);
  const gateway = new Gateway(accounts, book, switches, new SeededRandom(`${seed}/order`));

  const serve = async (request: FrontRequest): Promise<FrontAnswer> => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && /^\/(producer-app-public|cdn\d\.suno\.ai)\//.test(request.path)) {
      const answer = await media.answer(request.path, request.headers.range);
      return { ...answer, kind: 'media', ids: [] };
    }
    const requestId = newRequestId(now());
    const answer = gateway.answer({
      ...request,
      authorization: request.headers.authorization,
      requestId,
    });
    answer.headers['x-oneapi-request-id'] = requestId;
    return answer;
  };
  const front = await openHttpFront({
    port: options.port ?? 0,
    now,
    faults,
    serve,
    arrived: (line) => journal.arrived(line),
    served(entry, answer) {
      journal.add(entry);
      events.emit('request-served', entry, answer);
    },
  });
  const poller = Number.isFinite(pollerMs)
    ? setInterval(() => book.tick({ patient: true }), pollerMs)
    : undefined;

  return {
    url: `http://127.0.0.1:${front.port}`,
    port: front.port,
    key,
    strangerKey,
    mediaHost: `127.0.0.1:${front.port}`,
    journal,
    tasks: book.tasks,
    faults,
    events,
    media,
    switches,
    get doubled() {
      return switches.doubled;
    },
    set doubled(value) {
      switches.doubled = value;
    },
    next: (script) => book.next(script),
    always: (script) => book.always(script),
    tamper(change) {
      switches.tamper = change;
    },
    charged: () => book.charged(),
    finishAll: () => book.finishAll(),
    tick: () => book.tick({ patient: false }),
    leave: () => front.leave(),
    comeBack: () => front.comeBack(),
    async stop() {
      clearInterval(poller);
      await front.stop();
    },
  };
}

/** Looks like a secret and is one of its kind, so that a search for it in logs and messages means something. */
function newKey(): string {
  return `sk-${randomBytes(24).toString('hex')}`;
}

/** new-api's form: the time down to nanoseconds, then eight characters. */
function newRequestId(now: number): string {
  return `${new Date(now).toISOString().replaceAll(/\D/g, '')}000000${randomAlphanumerics(8)}`;
}
