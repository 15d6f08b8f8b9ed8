import { describe, expect, test } from 'vitest';
import { openSongApi } from './song-api-client.ts';

const song = { prompt: 'a calm weekend morning', style: 'acoustic pop', title: 'Weekend Morning' };

describe('the door', () => {
  test('takes a key with and without Bearer, and no other', async () => {
    const { api, call } = await openSongApi();
    const as = async (authorization: string): Promise<number> =>
      (await call('POST', '/producer/fetch', { ids: [] }, { authorization })).status;
    expect(await as(`Bearer ${api.key}`)).toBe(200);
    expect(await as(api.key)).toBe(200);
    expect(await as(`${api.key}-28`)).toBe(200);
    expect(await as('Bearer sk-wrong')).toBe(401);
    const reply = await call('GET', '/suno/fetch/task_1', undefined, { authorization: '' });
    expect(reply.json).toEqual({
      error: {
        message: `Invalid token (request id: ${reply.headers.get('x-oneapi-request-id')})`,
        type: 'new_api_error',
        code: '',
      },
    });
  });

  test.each([
    ['GET', '/producer/submit/MUSIC'],
    ['POST', '/producer/fetch/task_1'],
    ['POST', '/producers/fetch'],
    ['GET', '/'],
  ])('answers %s %s with its page and status 200', async (method, path) => {
    const { call } = await openSongApi();
    const reply = await call(method, path);
    expect(reply.status).toBe(200);
    expect(reply.text).toMatch(/^<!doctype html>/);
    expect(reply.headers.has('x-oneapi-request-id')).toBe(true);
  });

  test('serves a doubled slash, or not', async () => {
    const { api, call } = await openSongApi();
    expect((await call('POST', '//producer/fetch', { ids: [] })).json).toMatchObject({ code: 'success' });
    api.switches.doubleSlash = 'html';
    expect((await call('POST', '//producer/fetch', { ids: [] })).json).toBeUndefined();
  });

  test('knows a task only once its row is there, and only for its owner', async () => {
    const { api, call, submit, pass } = await openSongApi({ rowDelayMs: 2000 });
    const id = await submit(song);
    const look = async (key = api.key): Promise<[number, unknown]> => {
      const { status, json } = await call('GET', `/producer/fetch/${id}`, undefined, { authorization: key });
      return [status, json];
    };
    const missing = [400, { code: 'task_not_exist', message: 'task_not_exist', data: null }];
    expect(await look()).toEqual(missing);
    pass(2000);
    expect((await look())[0]).toBe(200);
    expect(await look(api.strangerKey)).toEqual(missing);
  });

  test('escapes JSON as Go does', async () => {
    const { api, submit, call } = await openSongApi();
    const id = await submit({ ...song, title: 'Salt & <Pepper>' });
    api.finishAll();
    const { text } = await call('GET', `/producer/fetch/${id}`);
    expect(text).toContain(String.raw`"title":"Salt \u0026 \u003cPepper\u003e"`);
  });
});
