import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  IllegalTransition,
  isOver,
  transition,
  type JobEvent,
  type JobState,
  type JobStatus,
  type TaskSnapshot,
} from '../../../src/domain/job.ts';
import { clip, snapshot, song } from '../../support/songs.ts';

const taskId = 'task_1';

const statuses: { [S in JobState]: Extract<JobStatus, { state: S }> } = {
  queued: { state: 'queued' },
  submitting: { state: 'submitting' },
  submitted: { state: 'submitted', taskId },
  running: { state: 'running', taskId, percent: 40 },
  succeeded: { state: 'succeeded', taskId, result: song() },
  failed: { state: 'failed', taskId, why: 'rejected' },
  cancelled: { state: 'cancelled', taskId: null },
  lost: { state: 'lost', taskId },
  unconfirmed: { state: 'unconfirmed' },
};
const states = Object.keys(statuses) as JobState[];

const news = (more: Partial<TaskSnapshot>): JobEvent => ({
  is: 'snapshot',
  snapshot: snapshot({ taskId, ...more }),
});

const events = {
  started: { is: 'started' },
  parked: { is: 'parked' },
  accepted: { is: 'accepted', taskId },
  unanswered: { is: 'unanswered' },
  refused: { is: 'refused', why: 'not-served' },
  'still waiting': news({ phase: 'waiting' }),
  'at 60 %': news({ phase: 'running', percent: 60 }),
  finished: news({ phase: 'succeeded', result: song() }),
  'finished without a clip': news({ phase: 'succeeded' }),
  'given up there': news({ phase: 'failed', failReason: 'bad words' }),
  cancelled: { is: 'cancelled' },
  lost: { is: 'lost' },
  unusable: { is: 'unusable', why: 'bad-audio' },
} satisfies Record<string, JobEvent>;
type EventName = keyof typeof events;

/** `=`: the very same object. `!`: can't happen. Columns in the order of `states`. */
const table: Record<EventName, string> = {
  //                          queued     submitting  submitted running   succeeded failed cancelled lost      unconfirmed
  started:
    '                  submitting !           !         !         !         !      !         !         !',
  parked:
    '                   !          queued      !         !         =         =      =         =         =',
  accepted:
    '                 !          submitted   =         =         =         =      cancelled =         submitted',
  unanswered:
    '               !          unconfirmed !         !         =         =      =         =         =',
  refused:
    '                  failed     failed      !         !         =         =      =         =         =',
  'still waiting':
    '          !          !           =         =         =         =      =         =         =',
  'at 60 %':
    '                !          !           running   running   =         =      =         =         =',
  finished:
    '                 !          !           succeeded succeeded =         =      =         succeeded =',
  'finished without a clip':
    '!          !           failed    failed    =         =      =         =         =',
  'given up there':
    '         !          !           failed    failed    =         =      =         =         =',
  cancelled:
    '                cancelled  cancelled   cancelled cancelled =         =      =         =         =',
  lost: '                     !          !           lost      lost      =         =      =         =         =',
  unusable:
    '                 !          !           !         !         failed    =      =         =         =',
};

const cells = (Object.keys(table) as EventName[]).flatMap((event) => {
  const row = table[event].trim().split(/\s+/);
  return states.map((state, column) => ({ state, event, expected: row[column] ?? 'missing' }));
});

describe('transition', () => {
  it.each(cells.filter(({ expected }) => expected === '='))(
    'leaves a job that is $state as it is: $event',
    ({ state, event }) => {
      expect(transition(statuses[state], events[event])).toBe(statuses[state]);
    },
  );

  it.each(cells.filter(({ expected }) => expected === '!'))(
    'calls it a defect when a job that is $state is $event',
    ({ state, event }) => {
      expect(() => transition(statuses[state], events[event])).toThrow(IllegalTransition);
    },
  );

  it.each(cells.filter(({ expected }) => /^[a-z]+$/.test(expected)))(
    'makes a job that is $state $expected: $event',
    ({ state, event, expected }) => {
      expect(transition(statuses[state], events[event]).state).toBe(expected);
    },
  );

  it('covers every state and event', () => {
    expect(cells).toHaveLength(states.length * Object.keys(events).length);
  });

  it('tells nobody twice: a lost job that ends without a clip stays lost', () => {
    expect(transition(statuses.lost, events['finished without a clip'])).toBe(statuses.lost);
  });

  it('takes a task id that arrives late, after the job counted as unanswered', () => {
    expect(transition(statuses.unconfirmed, events.accepted)).toEqual({ state: 'submitted', taskId });
  });

  it('takes the same acceptance twice', () => {
    expect(transition(statuses.submitted, events.accepted)).toBe(statuses.submitted);
  });

  it('hands back the same object when a cancelled job hears of its own task again', () => {
    const cancelled: JobStatus = { state: 'cancelled', taskId };
    expect(transition(cancelled, events.accepted)).toBe(cancelled);
  });

  it('keeps the task id of a job that was cancelled under way', () => {
    expect(transition(statuses.running, { is: 'cancelled' })).toEqual({ state: 'cancelled', taskId });
    expect(transition(statuses.cancelled, { is: 'accepted', taskId })).toEqual({
      state: 'cancelled',
      taskId,
    });
  });

  it('keeps the words of the song API apart from our own reasons', () => {
    expect(transition(statuses.running, events['given up there'])).toMatchObject({
      why: 'upstream:bad words',
    });
    const silent = news({ phase: 'failed', failReason: null });
    expect(transition(statuses.running, silent)).toMatchObject({ why: 'upstream:' });
    expect(transition(statuses.running, events['finished without a clip'])).toMatchObject({
      why: 'no-result',
    });
  });

  it('starts a job once: a second start is an error, not a second submit', () => {
    const submitting = transition(statuses.queued, { is: 'started' });
    expect(() => transition(submitting, { is: 'started' })).toThrow(IllegalTransition);
  });
});

const anyEvent: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.constantFrom<JobEvent>(
    { is: 'started' },
    { is: 'parked' },
    { is: 'accepted', taskId },
    { is: 'unanswered' },
    { is: 'refused', why: 'rejected' },
    { is: 'cancelled' },
    { is: 'lost' },
    { is: 'unusable', why: 'bad-audio' },
  ),
  fc
    .record({
      phase: fc.constantFrom('waiting' as const, 'running' as const, 'succeeded' as const, 'failed' as const),
      percent: fc.option(fc.integer({ min: 0, max: 100 })),
      takes: fc.integer({ min: 1, max: 2 }),
    })
    .map(({ takes, ...more }) =>
      news({ ...more, result: takes === 0 ? null : song(...Array.from({ length: takes }, () => clip())) }),
    ),
);

/** What can't happen doesn't. */
function live(status: JobStatus, event: JobEvent): JobStatus {
  try {
    return transition(status, event);
  } catch (error) {
    if (error instanceof IllegalTransition) return status;
    throw error;
  }
}

describe('a life of random events', () => {
  const lives = fc.array(anyEvent, { maxLength: 30 });

  it('ends once, but for songs that turn up after all and a finished one that turns out unplayable', () => {
    fc.assert(
      fc.property(lives, (story) => {
        let status: JobStatus = { state: 'queued' };
        const afterlife: string[] = [];
        for (const event of story) {
          const next = live(status, event);
          if (isOver(status.state) && next.state !== status.state)
            afterlife.push(`${status.state} -> ${next.state}, ${event.is}`);
          status = next;
        }
        const allowed = [
          'lost -> succeeded, snapshot',
          'succeeded -> failed, unusable',
          'unconfirmed -> submitted, accepted',
        ];
        expect(allowed).toEqual(expect.arrayContaining(afterlife));
      }),
    );
  });

  it('never runs backwards in percent', () => {
    fc.assert(
      fc.property(lives, (story) => {
        let status: JobStatus = { state: 'submitted', taskId };
        let highest = 0;
        for (const event of story) {
          status = live(status, event);
          if (status.state !== 'running') continue;
          expect(status.percent ?? 0).toBeGreaterThanOrEqual(highest);
          highest = status.percent ?? 0;
        }
      }),
    );
  });

  it('is not changed by hearing the same thing twice', () => {
    fc.assert(
      fc.property(lives, anyEvent, (story, event) => {
        const once = live(story.reduce(live, { state: 'queued' }), event);
        expect(live(once, event)).toBe(once);
      }),
    );
  });

  it('keeps its task id from the acceptance to the end', () => {
    fc.assert(
      fc.property(lives, (story) => {
        const end = story.reduce(live, { state: 'submitted', taskId });
        expect(end).toHaveProperty('taskId', taskId);
      }),
    );
  });
});
