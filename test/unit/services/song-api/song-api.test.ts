import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Action } from '../../../../src/domain/actions.ts';
import { builtInCatalogue } from '../../../../src/domain/built-in-catalogue.ts';
import type { Platform } from '../../../../src/domain/song.ts';
import { SongApiHttp } from '../../../../src/services/song-api/http.ts';
import { SongApi, type BatchAnswer, type TaskRef } from '../../../../src/services/song-api/song-api.ts';
import { answering, WebServer, type SeenRequest } from '../../../support/web-server.ts';

const action = builtInCatalogue['producer/MUSIC'] as Action;

let server: WebServer;
let http: SongApiHttp;
let songApi: SongApi;

beforeEach(async () => {
  server = await new WebServer().start();
  http = new SongApiHttp({ baseUrl: server.url, apiKey: 'sk-key' });
  songApi = new SongApi(http);
});
afterEach(async () => {
  await http.close();
  await server.stop();
});

const task = (taskId: string, platform: Platform = 'producer'): TaskRef => ({
  taskId,
  platform,
  yields: 'clips',
});
const tasks = (count: number): TaskRef[] => Array.from({ length: count }, (_, n) => task(`task_${n}`));
const idsIn = (request: SeenRequest): string[] => (JSON.parse(request.body) as { ids: string[] }).ids;
const platformIn = (request: SeenRequest): string => request.path.split('/')[1] ?? '';
const sizes = (): number[] => server.requests.map((request) => idsIn(request).length);

const record = (taskId: string) => ({ task_id: taskId, status: 'IN_PROGRESS', progress: '20%' });

/** A gateway that knows every id but those that `knows` denies, and refuses batches that `takes` denies. */
function gateway(rules: {
  knows?: (taskId: string, platform: string) => boolean;
  takes?: (ids: string[], platform: string) => boolean;
}): void {
  server.handle = (request, response) => {
    const ids = idsIn(request);
    const platform = platformIn(request);
    if (rules.takes?.(ids, platform) === false) {
      answering(400, { code: 'invalid_request', message: '', data: null })(request, response);
      return;
    }
    // Unordered, unknown ones left out, null where none is known: as stock code does (song-api 7.2).
    const known = ids.filter((id) => rules.knows?.(id, platform) !== false).toReversed();
    const data = known.length === 0 ? null : known.map(record);
    answering(200, { code: 'success', message: '', data })(request, response);
  };
}

const answered = (answer: BatchAnswer): string[] => [...answer.snapshots.keys()].toSorted();
const missing = (answer: BatchAnswer): string[] => answer.missing.map(({ taskId }) => taskId);

describe('a batch', () => {
  it('asks about everything in chunks of 50', async () => {
    gateway({});
    const answer = await songApi.fetchTasks(tasks(120));
    expect(sizes()).toEqual([50, 50, 20]);
    expect(answer.snapshots.size).toBe(120);
    expect(answer.missing).toEqual([]);
  });

  it('asks nothing when nothing is open', async () => {
    await expect(songApi.fetchTasks([])).resolves.toEqual({
      snapshots: new Map(),
      missing: [],
      problems: [],
    });
    expect(server.requests).toEqual([]);
  });

  it('asks for a repeated id once', async () => {
    gateway({});
    await songApi.fetchTasks([task('task_1'), task('task_1')]);
    expect(sizes()).toEqual([1]);
  });

  it('reports what no answer mentions, and knows nothing else about it', async () => {
    gateway({ knows: (id) => id !== 'task_1' });
    const answer = await songApi.fetchTasks(tasks(3));
    expect(answered(answer)).toEqual(['task_0', 'task_2']);
    expect(missing(answer)).toEqual(['task_1']);
  });

  it('reads null as "none of these"', async () => {
    gateway({ knows: () => false });
    expect(missing(await songApi.fetchTasks(tasks(2)))).toEqual(['task_0', 'task_1']);
  });

  it("drops records that it didn't ask for", async () => {
    server.handle = answering(200, { code: 'success', data: [record('task_0'), record('task_foreign')] });
    expect(answered(await songApi.fetchTasks(tasks(1)))).toEqual(['task_0']);
  });

  it('reports unreadable records and keeps the rest', async () => {
    server.handle = answering(200, { code: 'success', data: [null, record('task_0'), {}] });
    const answer = await songApi.fetchTasks(tasks(1));
    expect(answered(answer)).toEqual(['task_0']);
    expect(answer.problems).toHaveLength(1);
  });

  it('throws when the song API is down: nothing is known about anything', async () => {
    server.handle = answering(500, { code: 'oops', message: '', data: null });
    await expect(songApi.fetchTasks(tasks(2))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('a refused chunk', () => {
  it('is split within the round until the unreadable id stands alone, and stays alone from then on', async () => {
    gateway({ takes: (ids) => !ids.includes('task_0') });
    const answer = await songApi.fetchTasks(tasks(100));
    expect(sizes().slice(0, 3)).toEqual([50, 25, 13]);
    expect(answer.snapshots.size).toBe(99);
    expect(answer.missing).toEqual([]);
    const before = server.requests.length;
    await songApi.fetchTasks(tasks(100));
    expect(sizes().slice(before)).toEqual([50, 49, 1]);
    expect(answer.problems.length).toBeGreaterThan(0);
  });

  it('is halved down to single tasks, so that the unreadable id stands alone in the end', async () => {
    gateway({ takes: (ids) => !ids.includes('task_0') });
    for (let round = 0; round < 7; round += 1) await songApi.fetchTasks([task('task_0')]);
    const answer = await songApi.fetchTasks([task('task_0'), task('task_1')]);
    expect(answered(answer)).toEqual(['task_1']);
  });

  /** Polls as the poller does: who was answered waits, who wasn't stands in front again. Task ids never answered. */
  async function neverAnswered(count: number, rounds: number): Promise<string[]> {
    let queue = tasks(count);
    const never = new Set(queue.map(({ taskId }) => taskId));
    for (let round = 0; round < rounds; round += 1) {
      const { snapshots } = await songApi.fetchTasks(queue);
      for (const taskId of snapshots.keys()) never.delete(taskId);
      queue = queue.toSorted((a, b) => Number(snapshots.has(a.taskId)) - Number(snapshots.has(b.taskId)));
    }
    return [...never];
  }

  it('does not starve its healthy tasks', async () => {
    gateway({ takes: (ids) => !ids.includes('task_7') });
    expect(await neverAnswered(60, 10)).toEqual(['task_7']);
  });

  it('finds its way to a gateway that takes 20 ids at most', async () => {
    gateway({ takes: (ids) => ids.length <= 20 });
    expect(await neverAnswered(100, 10)).toEqual([]);
  });
});

describe('two platforms', () => {
  const mixed = [task('p1'), task('s1', 'suno'), task('p2'), task('s2', 'suno')];
  const own = (id: string, platform: string): boolean => id.startsWith(platform.charAt(0));

  it('share one request where the gateway mixes them', async () => {
    gateway({});
    await songApi.fetchTasks(mixed);
    const answer = await songApi.fetchTasks(mixed);
    expect(server.requests.map(platformIn)).toEqual(['producer', 'producer']);
    expect(answered(answer)).toEqual(['p1', 'p2', 's1', 's2']);
  });

  it('are asked for apart where it keeps them apart, which is learned once', async () => {
    gateway({ knows: own });
    expect(answered(await songApi.fetchTasks(mixed))).toEqual(['p1', 'p2', 's1', 's2']);
    expect(server.requests.map(idsIn)).toEqual([
      ['p1', 's1', 'p2', 's2'],
      ['s1', 's2'],
    ]);
    server.requests.length = 0;
    const answer = await songApi.fetchTasks(mixed);
    expect(answered(answer)).toEqual(['p1', 'p2', 's1', 's2']);
    expect(answer.missing).toEqual([]);
    expect(server.requests.map((request) => [platformIn(request), idsIn(request)])).toEqual([
      ['producer', ['p1', 'p2']],
      ['suno', ['s1', 's2']],
    ]);
  });

  it("go to Suno's door when all of them are Suno's", async () => {
    gateway({ knows: own });
    await songApi.fetchTasks([task('s1', 'suno')]);
    expect(server.requests.map(platformIn)).toEqual(['suno']);
  });

  it("don't pull each other down: Producer's answer counts when Suno's door is shut", async () => {
    gateway({ knows: own, takes: (_, platform) => platform === 'producer' });
    const answer = await songApi.fetchTasks(mixed);
    expect(answered(answer)).toEqual(['p1', 'p2']);
  });
});

describe('a submit', () => {
  it('gives the task id and goes to the path of its action', async () => {
    server.handle = answering(200, { code: 'success', data: 'task_1' });
    await expect(songApi.submit(action, { prompt: 'x' })).resolves.toBe('task_1');
    expect(server.requests[0]?.path).toBe('/producer/submit/MUSIC');
    expect(server.requests[0]?.body).toBe('{"prompt":"x"}');
  });

  it.each([[null], [''], [{}], [{ task_id: '' }]])(
    'that is accepted without an id is in doubt: %j',
    async (data) => {
      server.handle = answering(200, { code: 'success', data });
      await expect(songApi.submit(action, { prompt: 'x' })).rejects.toMatchObject({ kind: 'unanswered' });
      expect(server.requests).toHaveLength(1);
    },
  );
});

describe('a single question', () => {
  it("asks at the platform's own door, with the id as data", async () => {
    server.handle = answering(200, { code: 'success', data: record('a/../b?') });
    const answer = await songApi.fetchTask(task('a/../b?', 'suno'));
    expect(answer?.taskId).toBe('a/../b?');
    expect(server.requests[0]?.path).toBe('/suno/fetch/a%2F..%2Fb%3F');
  });

  it('tells "no such task" apart from trouble', async () => {
    server.handle = answering(400, { code: 'task_not_exist', message: '', data: null });
    await expect(songApi.fetchTask(task('task_1'))).resolves.toBeUndefined();
    server.handle = answering(500, '');
    await expect(songApi.fetchTask(task('task_1'))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it("ignores an answer about somebody else's task", async () => {
    server.handle = answering(200, { code: 'success', data: record('task_other') });
    await expect(songApi.fetchTask(task('task_1'))).resolves.toBeUndefined();
  });
});
