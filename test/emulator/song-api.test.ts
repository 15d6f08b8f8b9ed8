import { describe, expect, test } from 'vitest';
import { documentedBatch, openSongApi, shapeOf } from './song-api-client.ts';

const song = { prompt: 'a calm weekend morning', style: 'acoustic pop', title: 'Weekend Morning' };
const clipsOf = (data: unknown): Record<string, unknown>[] =>
  (data as { clips: Record<string, unknown>[] }).clips;

describe('the record', () => {
  test('has the shape of the documented example in both phases, key by key', async () => {
    const { api, submit, fetchOne, pass } = await openSongApi({ songMs: [40_000, 40_000] });
    const [running, finished] = documentedBatch().data;
    const id = await submit(song);
    pass(8000);
    api.tick();
    const first = await fetchOne(id);
    pass(47_000);
    api.tick();
    const last = await fetchOne(id);

    expect(shapeOf(first)).toEqual(shapeOf(running));
    expect(shapeOf(last)).toEqual(shapeOf(finished));
    expect(first).toMatchObject({
      status: 'IN_PROGRESS',
      progress: '20%',
      start_time: 1_773_385_828,
      finish_time: 0,
    });
    expect(first.data).toMatchObject({ task_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    expect(last).toMatchObject({
      status: 'SUCCESS',
      progress: '100%',
      quota: 30_000,
      finish_time: 1_773_385_875,
    });
    const [clip] = clipsOf(last.data);
    expect(clip).toMatchObject({
      title: 'Weekend Morning',
      sound: 'acoustic pop',
      mv: 'FUZZ-2.0',
      seed: null,
      duration: null,
      audio_url: last.result_url,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
    });
    expect(last.result_url).toContain(`/${String(clip?.['clip_id'])}.m4a`);
  });

  test('waits for the poller: nothing changes between its ticks', async () => {
    const { api, submit, fetchOne, pass } = await openSongApi({ songMs: [40_000, 40_000] });
    const id = await submit(song);
    pass(60_000);
    expect(await fetchOne(id)).toMatchObject({
      status: 'NOT_START',
      progress: '0%',
      start_time: 0,
      data: null,
    });
    api.tick();
    expect(await fetchOne(id)).toMatchObject({ status: 'SUCCESS', start_time: 0 });
  });

  test('shows a percentage that grows from tick to tick', async () => {
    const { api, submit, fetchOne, pass } = await openSongApi({ songMs: [50_000, 50_000] });
    const id = await submit(song);
    const seen: string[] = [];
    for (let tick = 0; tick < 4; tick += 1) {
      pass(13_000);
      api.tick();
      seen.push((await fetchOne(id)).progress);
    }
    expect(seen).toEqual(['26%', '52%', '78%', '100%']);
  });

  test('of a failure repeats the reason as result_url, keeps the quota, and the books give it back', async () => {
    const { api, submit, fetchOne } = await openSongApi();
    api.next({ fail: 'moderated <lyrics> & words' });
    const id = await submit(song);
    expect(api.charged()).toBe(30_000);
    api.finishAll();
    const record = await fetchOne(id);
    expect(record).toMatchObject({
      status: 'FAILURE',
      progress: '100%',
      quota: 30_000,
      fail_reason: 'moderated <lyrics> & words',
      result_url: 'moderated <lyrics> & words',
    });
    expect(api.charged()).toBe(0);
    expect(api.tasks.get(id)?.refunded).toBe(true);
  });

  test('of Suno holds two raw clips in an array and stays at 0% until the end', async () => {
    const { api, submit, fetchOne, pass } = await openSongApi({ songMs: [40_000, 40_000] });
    const id = await submit(
      { prompt: 'la la la', tags: 'waltz', mv: 'chirp-v4', title: 'Turning' },
      '/suno/submit/MUSIC',
    );
    pass(30_000);
    api.tick();
    expect(await fetchOne(id, 'suno')).toMatchObject({ status: 'IN_PROGRESS', progress: '0%' });
    pass(30_000);
    api.tick();
    const record = await fetchOne(id, 'suno');
    expect(record).toMatchObject({ platform: 'suno', progress: '100%' });
    expect(record).not.toHaveProperty('result_url');
    expect(record.data).toEqual([
      expect.objectContaining({ title: 'Turning', status: 'complete', model_name: 'chirp-v4' }),
      expect.objectContaining({
        metadata: expect.objectContaining({ tags: 'waltz', prompt: 'la la la', duration: 2 }) as unknown,
      }),
    ]);
  });

  test.each([
    [
      'the old page',
      { prompt: 'p', style: 's', title: 't', make_instrumental: true },
      { title: 't', sound: 's', lyrics: '' },
    ],
    [
      'TTAPI',
      { sound_prompt: 's', lyrics_text: 'oh', mv: 'FUZZ-1.1', seed: '42' },
      { sound: 's', lyrics: 'oh', mv: 'FUZZ-1.1', seed: '42' },
    ],
    ['musicapi', { sound: 's', lyrics: 'oh', make_instrumental: false }, { sound: 's', lyrics: 'oh' }],
    ['AceData', { style: 's', lyric: 'oh', model: 'FUZZ-0.8' }, { sound: 's', lyrics: 'oh', mv: 'FUZZ-0.8' }],
  ])('echoes a request in the words of %s', async (_, body, echo) => {
    const { api, submit, fetchOne } = await openSongApi();
    const id = await submit(body);
    api.finishAll();
    expect(clipsOf((await fetchOne(id)).data)[0]).toMatchObject(echo);
  });
});

describe('a submit', () => {
  test('answers with the public id and bears no idempotency', async () => {
    const { api, call, submit } = await openSongApi();
    const reply = await call('POST', '/producer/submit/music', song);
    expect(reply.json).toEqual({
      code: 'success',
      message: '',
      data: expect.stringMatching(/^task_[0-9A-Za-z]{32}$/) as string,
    });
    expect(reply.headers.get('x-oneapi-request-id')).toMatch(/^\d{23}[0-9A-Za-z]{8}$/);
    await submit(song);
    expect(api.tasks.size).toBe(2);
    expect(api.charged()).toBe(60_000);
  });

  test('without anything to go by, without a channel or without money is refused and costs nothing', async () => {
    const { api, call } = await openSongApi({ balance: 0 });
    const empty = await call('POST', '/producer/submit/MUSIC', { title: 'only a title' });
    expect([empty.status, empty.json]).toEqual([
      400,
      { code: 'invalid_request', message: 'prompt_empty', data: null },
    ]);
    const poor = await call('POST', '/producer/submit/MUSIC', song);
    expect([poor.status, poor.json]).toMatchObject([403, { code: 'insufficient_user_quota', data: null }]);
    const unserved = await call('POST', '/producer/submit/EXTEND', song);
    expect([unserved.status, unserved.json]).toMatchObject([
      503,
      { error: { code: 'model_not_found', type: 'new_api_error' } },
    ]);
    expect(api.tasks.size).toBe(0);
  });

  test.each([
    ['invalid_action', 400],
    [404, 404],
    [410, 410],
    [501, 501],
    ['html', 200],
  ] as const)('of an action that is not served can answer %s', async (notServed, status) => {
    const { call } = await openSongApi({ notServed });
    const reply = await call('POST', '/suno/submit/COVER', song);
    expect(reply.status).toBe(status);
    expect(reply.json === undefined).toBe(notServed === 'html');
  });
});

describe('a batch', () => {
  test('drops what is unknown, foreign or repeated, whatever its platform, in no order', async () => {
    const { api, call, submit, batch } = await openSongApi();
    const ids = await Promise.all(Array.from({ length: 12 }, () => submit(song)));
    const suno = await submit({ gpt_description_prompt: 'x' }, '/suno/submit/MUSIC');
    const foreign = await call('POST', '/producer/submit/MUSIC', song, { authorization: api.strangerKey });
    const asked = [...ids, suno, ids[0], 'task_unknown', 7, (foreign.json as { data: string }).data];
    const seen = (await batch(asked))?.map((record) => record.task_id);
    expect(seen?.toSorted()).toEqual([...ids, suno].toSorted());
    expect(seen).not.toEqual([...ids, suno]);
    api.switches.batchFilters = true;
    expect(await batch(asked, 'suno')).toHaveLength(1);
  });

  test('says null when nothing matches and [] when nothing was asked', async () => {
    const { batch, call } = await openSongApi();
    expect(await batch(['task_unknown'])).toBeNull();
    expect(await batch([])).toEqual([]);
    expect(await batch(null)).toEqual([]);
    expect((await call('POST', '/producer/fetch', '{}')).json).toMatchObject({ data: [] });
  });

  test.each(['', '{"ids":', '{"ids":"task_1"}', '[1]'])(
    'of %j is a 400 that calls itself text',
    async (body) => {
      const { call } = await openSongApi();
      const reply = await call('POST', '/producer/fetch', body);
      expect(reply.status).toBe(400);
      expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(reply.json).toMatchObject({ code: 'invalid_request', data: null });
    },
  );

  test('has limits', async () => {
    const { call, api } = await openSongApi();
    const tooMany = await call('POST', '/producer/fetch', { ids: Array.from({ length: 65_536 }, () => 'x') });
    expect([tooMany.status, tooMany.json]).toMatchObject([500, { code: 'get_tasks_failed' }]);
    api.switches.batchLimit = 2;
    expect((await call('POST', '/producer/fetch', { ids: ['a', 'b', 'c'] })).status).toBe(400);
    expect((await call('POST', '/producer/fetch', { ids: ['a', 'b'] })).status).toBe(200);
  });

  test('can show one task twice, like the documentation', async () => {
    const { api, submit, batch, pass } = await openSongApi({ songMs: [20_000, 20_000] });
    const id = await submit(song);
    pass(15_000);
    api.tick();
    pass(15_000);
    api.tick();
    api.doubled = 'old-first';
    const documented = documentedBatch().data.map((record) => record.status);
    expect((await batch([id]))?.map((record) => record.status)).toEqual(documented);
    api.doubled = 'new-first';
    expect((await batch([id]))?.map((record) => record.status)).toEqual(documented.toReversed());
  });
});
