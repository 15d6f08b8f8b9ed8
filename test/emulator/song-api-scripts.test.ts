import { describe, expect, test } from 'vitest';
import type { TaskRecord } from '../../playground/song-api/task-record.ts';
import { openSongApi, type SongApiClient } from './song-api-client.ts';

const song = { prompt: 'a short march' };

async function finished(client: SongApiClient): Promise<TaskRecord> {
  const id = await client.submit(song);
  client.api.finishAll();
  return client.fetchOne(id);
}
const clipsOf = (record: TaskRecord): Record<string, unknown>[] =>
  (record.data as { clips: Record<string, unknown>[] }).clips;

describe('scripts', () => {
  test('are taken one per submit, over what always holds', async () => {
    const client = await openSongApi();
    client.api.always({ title: 'Always', durationAs: 'string' });
    client.api.next({ title: 'Next', durationAs: 'number' });
    expect(clipsOf(await finished(client))).toMatchObject([{ title: 'Next', duration: 2 }]);
    expect(clipsOf(await finished(client))).toMatchObject([{ title: 'Always', duration: '2' }]);
    client.api.always(undefined);
    expect(clipsOf(await finished(client))).toMatchObject([{ duration: null }]);
  });

  test('change the number of clips, their addresses and the shape of data', async () => {
    const client = await openSongApi();
    client.api.next({ clips: 0 });
    expect(await finished(client)).toMatchObject({ status: 'SUCCESS', data: { clips: [] } });
    client.api.next({ clips: 3 });
    expect(clipsOf(await finished(client))).toHaveLength(3);
    client.api.next({ noAudio: true });
    const silent = await finished(client);
    expect(clipsOf(silent)).toMatchObject([{ audio_url: null }]);
    expect(silent).not.toHaveProperty('result_url');
    client.api.next({ audioUrl: 'http://10.0.0.1/x.m4a' });
    expect(await finished(client)).toMatchObject({ result_url: 'http://10.0.0.1/x.m4a' });
    client.api.next({ dataAs: 'array' });
    expect((await finished(client)).data).toHaveLength(1);
    client.api.next({ dataAs: 'string' });
    expect((await finished(client)).data).toBeTypeOf('string');
    client.api.next({ dataAs: 'null' });
    expect((await finished(client)).data).toBeNull();
  });

  test('lay patches over the record tick by tick, then let life go on', async () => {
    const { api, submit, fetchOne, pass } = await openSongApi({ songMs: [1000, 1000] });
    api.next({
      statuses: [
        { status: 'QUEUED', progress: '20%' },
        { status: 'PARTY', progress: '10%' },
      ],
    });
    const id = await submit(song);
    pass(5000);
    const seen: string[] = [];
    for (let tick = 0; tick < 3; tick += 1) {
      api.tick();
      const record = await fetchOne(id);
      seen.push(`${record.status} ${record.progress}`);
    }
    expect(seen).toEqual(['QUEUED 20%', 'PARTY 10%', 'SUCCESS 100%']);
  });

  test('let a task vanish, hang or speak in tongues', async () => {
    const { api, submit, fetchOne, batch, pass } = await openSongApi();
    api.next({ vanish: true });
    api.next({ neverFinish: true, unknownStatus: 'MIXING' });
    const vanished = await submit(song);
    const stuck = await submit(song);
    expect(await batch([vanished])).toBeNull();
    pass(86_400_000);
    api.tick();
    api.finishAll();
    expect(await fetchOne(stuck)).toMatchObject({ status: 'MIXING', progress: '95%' });
    api.tasks.get(stuck)!.script.neverFinish = false;
    api.tick();
    expect(await fetchOne(stuck)).toMatchObject({ status: 'SUCCESS' });
  });

  test('tampering has the last word', async () => {
    const { api, submit, call } = await openSongApi();
    const id = await submit(song);
    api.tamper((envelope) => ({ ...(envelope as object), code: 0 }));
    expect((await call('GET', `/producer/fetch/${id}`)).json).toMatchObject({ code: 0 });
    api.tamper(() => '<oops');
    expect((await call('POST', '/producer/fetch', { ids: [id] })).text).toBe('<oops');
  });

  test('everything that happens is told', async () => {
    const client = await openSongApi();
    const told: string[] = [];
    for (const event of ['task-created', 'task-advanced', 'task-finished', 'request-served'] as const)
      client.api.events.on(event, () => told.push(event));
    await finished(client);
    expect(told).toEqual([
      'task-created',
      'request-served',
      'task-advanced',
      'task-finished',
      'request-served',
    ]);
  });
});

describe('faults', () => {
  test('strike before or after the work is done', async () => {
    const { api, call, submit } = await openSongApi();
    api.faults.add('POST /producer/submit/*', { kind: 'drop' });
    await expect(submit(song)).rejects.toThrow(/fetch failed/);
    expect(api.charged()).toBe(0);
    api.faults.add('POST /producer/submit/*', { kind: 'drop-after' });
    await expect(submit(song)).rejects.toThrow(/fetch failed/);
    expect(api.charged()).toBe(30_000);
    api.faults.add('POST /producer/submit/*', { kind: 'answer', status: 429 });
    expect(await call('POST', '/producer/submit/MUSIC', song)).toMatchObject({ status: 429, text: '' });
    api.faults.add('POST /producer/submit/*', {
      kind: 'answer',
      status: 429,
      headers: { 'Retry-After': '3' },
      body: { code: 'x' },
    });
    const busy = await call('POST', '/producer/submit/MUSIC', song);
    expect([busy.headers.get('retry-after'), busy.json]).toEqual(['3', { code: 'x' }]);
    expect(api.journal.submits().map((entry) => [entry.status, entry.fault])).toEqual([
      [0, 'drop'],
      [0, 'drop-after'],
      [429, 'answer'],
      [429, 'answer'],
    ]);
  });

  test('cut answers in half and leave requests hanging', async () => {
    const { api, submit, batch, call } = await openSongApi();
    const id = await submit(song);
    api.faults.add('POST /producer/fetch', { kind: 'truncate' });
    await expect(batch([id])).rejects.toThrow(/terminated/);
    api.faults.add('POST /producer/fetch', { kind: 'hang' });
    const hung = fetch(`${api.url}/producer/fetch`, { method: 'POST', signal: AbortSignal.timeout(200) });
    await expect(hung).rejects.toThrow(/timeout|aborted/i);
    expect((await call('POST', '/producer/fetch', { ids: [id] })).status).toBe(200);
  });

  test('the journal says who asked for what, but never the key', async () => {
    const { api, submit, batch } = await openSongApi();
    const id = await submit(song);
    await batch([id, 'task_2']);
    await fetch(`${api.url}/producer-app-public/clips/none.m4a`);
    expect(api.journal.all()).toMatchObject([
      { kind: 'submit', authorization: 'bearer', body: song, ids: [id] },
      { kind: 'batch', ids: [id, 'task_2'] },
      { kind: 'media', authorization: 'none', status: 404 },
    ]);
    expect(api.journal.asText()).toContain(`POST /producer/submit/MUSIC -> 200 ${id}`);
    expect(JSON.stringify(api.journal.all())).not.toContain(api.key);
  });
});
