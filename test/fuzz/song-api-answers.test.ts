import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action } from '../../src/domain/actions.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { isOver } from '../../src/domain/job.ts';
import { Parking } from '../../src/services/jobs/parking.ts';
import { TaskPoller } from '../../src/services/jobs/poll-tasks.ts';
import { SongApiHttp } from '../../src/services/song-api/http.ts';
import { SongApi } from '../../src/services/song-api/song-api.ts';
import { SongApiError } from '../../src/services/song-api/song-api-error.ts';
import { readBatch, readRecord, readTaskId } from '../../src/services/song-api/wire.ts';
import { fuzzRuns, fuzzTimeout } from '../support/fuzz-runs.ts';
import { garbled, mutated } from '../support/mutations.ts';
import { listeningLog } from '../support/quiet.ts';
import { answering, WebServer } from '../support/web-server.ts';
import { withClips } from '../support/songs.ts';
import { intervalMs, jobTimeoutMs, workshopRig } from '../support/workshop-rig.ts';

interface Envelope {
  code: unknown;
  message: string;
  data: Record<string, unknown>[];
}

const file = new URL('../support/batch-example.json', import.meta.url);
const example = JSON.parse(readFileSync(file, 'utf8')) as Envelope;
const taskIds = ['task_0', 'task_1', 'task_2', 'task_3'];
const minute = 60_000;

/** The documentation's answer, about our tasks. */
const genuine: fc.Arbitrary<Envelope> = fc
  .array(fc.tuple(fc.constantFrom(...taskIds), fc.constantFrom(...example.data)), { maxLength: 5 })
  .map((records) => ({ ...example, data: records.map(([id, record]) => ({ ...record, task_id: id })) }));
const envelope = fc.oneof(mutated(genuine, 6), fc.jsonValue({ maxDepth: 4 }));
const wholeText = envelope.map((json) => JSON.stringify(json));
const text = fc.oneof({ arbitrary: wholeText, weight: 3 }, garbled(wholeText), fc.string());
const answer = fc.record({
  status: fc.oneof(
    { arbitrary: fc.constant(200), weight: 4 },
    fc.constantFrom(201, 204, 301, 400, 401, 402, 403, 404, 409, 410, 418, 429, 500, 501, 502, 503, 504, 599),
  ),
  text,
  headers: fc.oneof(
    fc.constant({}),
    fc.record({
      'retry-after': fc.constantFrom('0', '1', '-5', '1e99', 'soon', '99999999', 'Mon, 1 Jan 2035'),
    }),
    fc.record({ 'content-type': fc.constantFrom('text/html', 'text/plain', 'application/json', ';;') }),
  ),
});

let server: WebServer;
let http: SongApiHttp;
let served = 0;
beforeAll(async () => {
  server = await new WebServer().start();
  http = new SongApiHttp({ baseUrl: server.url, apiKey: 'sk-key' });
});
afterAll(async () => {
  await http.close();
  await server.stop();
});

/** From now on the song API answers with these, over and over. */
function serve(answers: readonly { status: number; text: string; headers: Record<string, string> }[]): void {
  let next = 0;
  server.handle = (request, response) => {
    const {
      status,
      text: body,
      headers,
    } = answers[next % answers.length] ?? { status: 500, text: '', headers: {} };
    next += 1;
    served += 1;
    // Kept requests would fill the memory.
    server.requests.length = 0;
    answering(status, body, headers)(request, response);
  };
}

/** What a call ended in, where it kept to its contract. */
async function ended(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof SongApiError) return error.kind;
    throw error;
  }
}

describe('any answer of the song API', fuzzTimeout, () => {
  it('is read to values that keep to their types', () => {
    fc.assert(
      fc.property(envelope, (json) => {
        const data: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'data') : json;
        const id = readTaskId(data);
        expect(id === undefined || (id.length > 0 && id.length < 192)).toBe(true);
        readRecord(data);
        for (const [taskId, record] of readBatch(data).records) {
          const snapshot = withClips(record);
          expect(snapshot.taskId).toBe(taskId);
          expect(snapshot.clips.every((clip) => /^https?:/.test(clip.audioUrl))).toBe(true);
          expect(snapshot.clips.length).toBeLessThanOrEqual(10);
          expect(snapshot.percent === null || Number.isInteger(snapshot.percent)).toBe(true);
          expect(Number.isFinite(snapshot.updatedAt)).toBe(true);
          expect(snapshot.charge === null || Number.isSafeInteger(snapshot.charge)).toBe(true);
        }
      }),
      fuzzRuns(3_000, 95_000),
    );
  });

  it('over a real connection ends in a value or in a SongApiError, and only a readable id is a task', async () => {
    const action: Action = builtInCatalogue['producer/MUSIC'] as Action;
    const tasks = taskIds.map((taskId) => ({
      taskId,
      platform: 'producer' as const,
      yields: 'clips' as const,
    }));
    await fc.assert(
      fc.asyncProperty(answer, fc.constantFrom('submit', 'batch', 'one'), async (given, what) => {
        serve([given]);
        const songApi = new SongApi(http);
        if (what === 'submit') {
          const id = await ended(songApi.submit(action, { prompt: 'x' }));
          expect(id).toMatch(/./s);
        } else if (what === 'one')
          await ended(songApi.fetchTask(tasks[0] ?? { taskId: '', platform: 'suno', yields: 'clips' }));
        else {
          const batch = await ended(songApi.fetchTasks(tasks));
          if (typeof batch !== 'object' || batch === null || !('snapshots' in batch)) return;
          const { snapshots } = batch as { snapshots: Map<string, unknown> };
          expect([...snapshots.keys()].every((id) => taskIds.includes(id))).toBe(true);
        }
      }),
      fuzzRuns(150, 6_000),
    );
  });

  it('leaves no job in limbo: what is open is asked about again, and a good answer still brings the song', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 5 }), async (answers) => {
        const rig = await workshopRig();
        const { clock, jobs, workshop } = rig;
        const { log } = listeningLog('silent');
        const parking = new Parking(clock);
        const songApi = new SongApi(http);
        const times = { clock, intervalMs, jobTimeoutMs, catalogue: builtInCatalogue };
        const poller = new TaskPoller({ ...times, parking, jobs, workshop, log, songApi });
        const put = taskIds.map((taskId, n) =>
          rig.put(n, {
            status: { state: 'submitted', taskId },
            submittedAt: clock.now(),
            nextPollAt: clock.now(),
          }),
        );
        const ids = (await Promise.all(put)).map(({ id }) => id);
        serve(answers);
        for (const _ of answers) {
          clock.advance(11 * minute);
          await poller.poll();
          for (const { status, nextPollAt } of await Promise.all(ids.map((id) => rig.stored(id))))
            expect(nextPollAt === null).toBe(isOver(status.state) && status.state !== 'lost');
        }
        const finished = example.data.find(({ status }) => status === 'SUCCESS');
        const data = taskIds.map((id) => ({ ...finished, task_id: id }));
        serve([{ status: 200, text: JSON.stringify({ ...example, data }), headers: {} }]);
        clock.advance(11 * minute);
        await poller.poll();
        for (const { status, delivery } of await Promise.all(ids.map((id) => rig.stored(id)))) {
          expect(['succeeded', 'failed']).toContain(status.state);
          expect(delivery).toBe('pending');
        }
      }),
      fuzzRuns(20, 2_000),
    );
    expect(served).toBeGreaterThan(20);
  });
});
