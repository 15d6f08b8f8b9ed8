import type { FaultAct, RequestLine } from '../../playground/faults.ts';
import type { SeededRandom } from '../../playground/song-api/seeded-random.ts';

/** What can go wrong with one request. */
export interface FaultKind {
  name: string;
  side: 'song API' | 'Discord';
  matches: (request: RequestLine) => boolean;
  act: FaultAct | ((random: SeededRandom) => FaultAct);
  /** How many of them a job there are. */
  perJob: number;
}

type Acts = Record<string, [act: FaultKind['act'], perJob: number]>;

const page = '<!doctype html><html><body>nginx</body></html>';
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): FaultAct => ({
  kind: 'answer',
  status,
  body,
  headers,
});
const slow =
  (fromMs: number, toMs: number) =>
  (random: SeededRandom): FaultAct => ({ kind: 'delay', ms: random.whole(fromMs, toMs) });
const drop: FaultAct = { kind: 'drop' };
const dropAfter: FaultAct = { kind: 'drop-after' };
const truncate: FaultAct = { kind: 'truncate' };
const tooMany = answer(
  429,
  { message: 'You are being rate limited.', retry_after: 0.3, global: false },
  {
    'retry-after': '0.3',
    'x-ratelimit-scope': 'shared',
  },
);

const kinds = (side: FaultKind['side'], what: string, line: RegExp, acts: Acts): FaultKind[] =>
  Object.entries(acts).map(([how, [act, perJob]]) => ({
    name: `${side}: ${what}, ${how}`,
    side,
    matches: ({ method, path }) => line.test(`${method} ${path}`),
    act,
    perJob,
  }));

export const faultKinds: readonly FaultKind[] = [
  ...kinds('song API', 'submit', /^POST \/+\w+\/submit\//, {
    '429': [answer(429, '', { 'retry-after': '0.3' }), 0.06],
    '503': [answer(503, '', { 'retry-after': '0.3' }), 0.03],
    '500': [answer(500, 'oops'), 0.03],
    '502 with a page': [answer(502, page), 0.03],
    '200 with a page': [answer(200, page), 0.02],
    dropped: [drop, 0.03],
    'served, answer lost': [dropAfter, 0.03],
    'cut short': [truncate, 0.02],
    slow: [slow(200, 1_500), 0.06],
  }),
  ...kinds('song API', 'fetch', /^(POST|GET) \/+\w+\/fetch/, {
    '429': [answer(429, '', { 'retry-after': '0.3' }), 0.05],
    '500': [answer(500, { code: 'get_tasks_failed', message: 'database' }), 0.05],
    'a page': [answer(200, page), 0.05],
    dropped: [drop, 0.05],
    'served, answer lost': [dropAfter, 0.05],
    'cut short': [truncate, 0.05],
    slow: [slow(200, 1_500), 0.05],
  }),
  ...kinds('song API', 'media', /^GET \/(producer-app-public|cdn)/, {
    '404': [answer(404, 'not yet'), 0.08],
    '500': [answer(500, 'oops'), 0.08],
    dropped: [drop, 0.08],
    'cut short': [truncate, 0.1],
    slow: [slow(200, 1_000), 0.08],
  }),
  ...kinds('Discord', 'first answer', /^POST .*\/callback$/, {
    '500': [answer(500, 'oops'), 0.02],
    dropped: [drop, 0.02],
    'served, answer lost': [dropAfter, 0.02],
    slow: [slow(100, 800), 0.05],
  }),
  ...kinds('Discord', 'edit', /^PATCH .*\/messages\//, {
    '500': [answer(500, 'oops'), 0.12],
    '502 with a page': [answer(502, page), 0.12],
    '429': [tooMany, 0.1],
    dropped: [drop, 0.12],
    'served, answer lost': [dropAfter, 0.2],
    'cut short': [truncate, 0.1],
    slow: [slow(100, 600), 0.2],
  }),
  // Only where no card can be edited any more: few requests, so that each fault stands for many.
  ...kinds('Discord', 'new message', /^POST .*(\/channels\/\d+\/messages|\/@me\/channels)$/, {
    '500': [answer(500, 'oops'), 0.01],
    dropped: [drop, 0.01],
    'served, answer lost': [dropAfter, 0.02],
    slow: [slow(100, 600), 0.01],
  }),
];
