import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byteLimits } from '../../../../src/domain/limits.ts';
import { SongApiHttp, type Call } from '../../../../src/services/song-api/http.ts';
import { SongApiError } from '../../../../src/services/song-api/song-api-error.ts';
import { answering, WebServer } from '../../../support/web-server.ts';

const apiKey = 'sk-very-secret-key';
const submit: Call = { method: 'POST', path: '/producer/submit/MUSIC', body: { prompt: 'x' }, submit: true };
const fetchOne: Call = { method: 'GET', path: '/producer/fetch/task_1' };

let server: WebServer;
let http: SongApiHttp;

beforeEach(async () => {
  server = await new WebServer().start();
  http = new SongApiHttp({ baseUrl: server.url, apiKey });
});
afterEach(async () => {
  await http.close();
  await server.stop();
});

async function errorOf(call: Call): Promise<SongApiError> {
  try {
    await http.call(call);
  } catch (error) {
    if (error instanceof SongApiError) return error;
    throw error;
  }
  throw new Error('it was answered');
}

const task = (code: string) => ({ code, message: 'words', data: null });
const middleware = (code: string) => ({
  error: { message: 'words (request id: 7)', type: 'new_api_error', code },
});
const page = '<!doctype html><title>Console</title>';

describe('a request', () => {
  it('carries the key as Bearer, the JSON body, and one slash', async () => {
    server.handle = answering(200, { code: 'success', data: 'task_1' });
    await expect(http.call(submit)).resolves.toBe('task_1');
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/producer/submit/MUSIC',
        body: '{"prompt":"x"}',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      },
    ]);
  });

  it.each(['success', 'SUCCESS', 0, '0', 200, '200'])('is answered well with the code %j', async (code) => {
    server.handle = answering(200, { code, data: [1] });
    await expect(http.call(fetchOne)).resolves.toEqual([1]);
  });

  it('is read by its content when it claims to be plain text', async () => {
    server.handle = answering(200, JSON.stringify({ code: 'success', data: 1 }), {
      'content-type': 'text/plain',
    });
    await expect(http.call(fetchOne)).resolves.toBe(1);
    server.handle = answering(400, JSON.stringify(task('invalid_request')), { 'content-type': 'text/plain' });
    expect(await errorOf(fetchOne)).toMatchObject({ kind: 'rejected', code: 'invalid_request' });
  });

  it('uses a fresh connection for each submit and keeps one for fetches', async () => {
    server.handle = answering(200, { code: 'success', data: 'task_1' });
    for (let n = 0; n < 10; n += 1) await http.call(fetchOne);
    const kept = server.connections;
    expect(kept).toBeLessThanOrEqual(4);
    await http.call(submit);
    await http.call(submit);
    expect(server.connections).toBe(kept + 2);
  });
});

/** What each answer means: for a submit, and for a fetch. */
const answers: [what: string, status: number, body: string | object, submits: string, fetches: string][] = [
  ['a refused request', 400, task('invalid_request'), 'rejected', 'rejected'],
  ['an unknown task', 400, task('task_not_exist'), 'rejected', 'rejected'],
  ['an unknown action', 400, task('invalid_action'), 'not-served', 'rejected'],
  ['an error inside a 200', 200, task('insufficient_user_quota'), 'out-of-credit', 'out-of-credit'],
  ['a middleware error inside a 200', 200, middleware('oops'), 'rejected', 'rejected'],
  ['a wrong key', 401, middleware(''), 'unauthorized', 'unauthorized'],
  ['an empty account', 402, {}, 'out-of-credit', 'out-of-credit'],
  ['an empty wallet', 403, task('insufficient_user_quota'), 'out-of-credit', 'out-of-credit'],
  ['an empty token', 403, task('pre_consume_token_quota_failed'), 'out-of-credit', 'out-of-credit'],
  ['a forbidden model', 403, middleware('access_denied'), 'unauthorized', 'unauthorized'],
  ['a missing route', 404, middleware(''), 'not-served', 'rejected'],
  ['a retired action', 410, task('gone'), 'not-served', 'rejected'],
  ['too large a request', 413, task('read_request_body_failed'), 'rejected', 'rejected'],
  ['too many requests', 429, middleware(''), 'limited', 'limited'],
  ['too many requests, empty', 429, '', 'limited', 'limited'],
  ['an error in the gateway', 500, task('do_request_failed'), 'unavailable', 'unavailable'],
  ['no channel for the model', 503, middleware('model_not_found'), 'not-served', 'unavailable'],
  ['an overload', 503, middleware('system_cpu_overloaded'), 'limited', 'limited'],
  ["a proxy's 502 page", 502, page, 'unanswered', 'unavailable'],
  ["a proxy's 504 page", 504, page, 'unanswered', 'unavailable'],
  ['an empty 500', 500, '', 'unanswered', 'unavailable'],
  ["a proxy's 503 page", 503, page, 'limited', 'unavailable'],
  ['a web page', 200, page, 'not-served', 'unavailable'],
  ['an empty 200', 200, '', 'unanswered', 'unavailable'],
  ['truncated JSON', 200, '{"code":"success","data":"task_', 'unanswered', 'unavailable'],
];

describe('an answer with', () => {
  it.each(answers)('%s (%i) is sent for once and understood', async (_, status, body, submits, fetches) => {
    server.handle = answering(status, body);
    expect((await errorOf(submit)).kind).toBe(submits);
    expect(server.requests).toHaveLength(1);
    expect(await errorOf(fetchOne)).toMatchObject({ kind: fetches, status });
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["a JSON proxy's 504", 504, { message: 'Endpoint request timed out' }],
    ["a JSON proxy's 502", 502, { message: 'Internal server error' }],
    ['a 200 without a code', 200, { data: 'task_1' }],
    ['a 200 of null', 200, 'null'],
  ])('%s leaves a submit in doubt', async (_, status, body) => {
    server.handle = answering(status, body);
    expect((await errorOf(submit)).kind).toBe('unanswered');
  });

  it('the code of either envelope and the request id keeps them', async () => {
    const headers = { 'x-oneapi-request-id': 'req-7' };
    server.handle = answering(400, { code: 17, message: 'x' }, headers);
    expect(await errorOf(fetchOne)).toMatchObject({ code: '17', requestId: 'req-7', status: 400 });
    server.handle = answering(503, middleware('model_not_found'), headers);
    expect(await errorOf(submit)).toMatchObject({ code: 'model_not_found', requestId: 'req-7' });
  });
});

describe('Retry-After', () => {
  const asked = async (value: string): Promise<number | undefined> => {
    server.handle = answering(429, '', { 'retry-after': value });
    return (await errorOf(fetchOne)).retryAfterMs;
  };

  it('is seconds', async () => {
    expect(await asked('7')).toBe(7_000);
    expect(await asked('0')).toBe(0);
  });

  it('is a date', async () => {
    const ms = await asked(new Date(Date.now() + 90_000).toUTCString());
    expect(ms).toBeGreaterThan(80_000);
    expect(ms).toBeLessThanOrEqual(90_000);
    expect(await asked(new Date(0).toUTCString())).toBe(0);
  });

  it('is cut down to ten minutes, and nothing when unreadable', async () => {
    expect(await asked('86400')).toBe(600_000);
    expect(await asked('soon')).toBeUndefined();
  });
});

describe('a submit is in doubt and was sent once', () => {
  it('when the connection breaks before the request was read', async () => {
    server.greet = (socket) => socket.destroy();
    expect((await errorOf(submit)).kind).toBe('unanswered');
    expect(server.connections).toBe(1);
    expect(server.requests).toHaveLength(0);
  });

  it('when the connection breaks after the request was read', async () => {
    server.handle = (_request, response) => response.destroy();
    expect((await errorOf(submit)).kind).toBe('unanswered');
    expect(server.requests).toHaveLength(1);
  });

  it('when the connection breaks within the answer', async () => {
    server.handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"code":"success"', () => response.destroy());
    };
    expect((await errorOf(submit)).kind).toBe('unanswered');
    expect(server.requests).toHaveLength(1);
  });

  it('when the answer is larger than anything sensible', async () => {
    const padding = 'x'.repeat(byteLimits.songApiAnswer);
    server.handle = answering(200, { code: 'success', data: 'task_1', padding });
    expect((await errorOf(submit)).kind).toBe('unanswered');
    expect(server.requests).toHaveLength(1);
  });
});

describe('nothing has left', () => {
  it.each(['127.0.0.1', 'localhost'])('when nobody listens at %s', async (host) => {
    const { port } = server;
    await server.stop();
    const lonely = new SongApiHttp({ baseUrl: `http://${host}:${port}`, apiKey });
    await expect(lonely.call(submit)).rejects.toMatchObject({ kind: 'unreachable' });
    await lonely.close();
    await server.start();
  });
});

describe('the key', () => {
  it.each([
    ['a refusal', (it: WebServer) => void (it.handle = answering(401, middleware('')))],
    ['a broken connection', (it: WebServer) => void (it.greet = (socket) => socket.destroy())],
    ['a torn answer', (it: WebServer) => void (it.handle = (_, response) => response.destroy())],
  ])('is never part of the error after %s', async (_, prepare) => {
    prepare(server);
    const error = await errorOf(submit);
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(apiKey);
    expect(error.message).not.toContain(apiKey);
  });
});
