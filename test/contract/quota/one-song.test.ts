import { describe, expect, it } from 'vitest';
import { steps, type Step } from '../../../src/domain/step.ts';
import { SongApiError } from '../../../src/services/song-api/song-api-error.ts';
import { isOpen, price, SongLife } from '../../support/song-life.ts';
import { snapshot, song } from '../../support/songs.ts';

const minute = 60_000;
const whole = [10, 10];
const paid = [10 - price, 10 - price];

interface Ending {
  name: string;
  state: string;
  hold: 'settled' | 'released';
  delivery?: string;
  script: (life: SongLife) => void;
  /** Where a process can die on the way to it. */
  steps: readonly Step[];
}

const done = snapshot({ phase: 'succeeded', result: song() });
const news = (life: SongLife, more: Parameters<typeof snapshot>[0]): void =>
  void life.songApi.news.set('task_1', snapshot(more));
const refusing = (life: SongLife, kind: 'rejected' | 'unanswered'): void => {
  life.songApi.onSubmit = () => Promise.reject(new SongApiError(kind, kind));
};
const unmade: readonly Step[] = ['held', 'started', 'answered', 'accepted', 'posted', 'delivered'];
const unsent: readonly Step[] = ['held', 'started', 'posted', 'delivered'];

const endings: Ending[] = [
  {
    name: 'is delivered',
    state: 'succeeded',
    hold: 'settled',
    script: (life) => news(life, done),
    steps,
  },
  {
    name: 'was made and finds no road to its member',
    state: 'succeeded',
    hold: 'settled',
    delivery: 'undeliverable',
    script(life) {
      news(life, done);
      life.noRoad = true;
    },
    steps: ['held', 'accepted', 'succeeded', 'fetched'],
  },
  {
    name: 'fails',
    state: 'failed',
    hold: 'released',
    script: (life) => news(life, { phase: 'failed', failReason: 'no idea' }),
    steps: unmade,
  },
  {
    name: 'holds nothing that can be played',
    state: 'failed',
    hold: 'released',
    script(life) {
      news(life, done);
      life.refusedMedia = true;
    },
    steps: [...unmade, 'succeeded'],
  },
  {
    name: 'is refused by the song API',
    state: 'failed',
    hold: 'released',
    script: (life) => refusing(life, 'rejected'),
    steps: unsent,
  },
  {
    name: 'gets no answer from the song API',
    state: 'unconfirmed',
    hold: 'released',
    script: (life) => refusing(life, 'unanswered'),
    steps: unsent,
  },
  {
    name: 'is cancelled while it is made',
    state: 'cancelled',
    hold: 'released',
    script(life) {
      news(life, { phase: 'running' });
      life.meanwhile = async ({ workshop }, now) =>
        'taskId' in now.status && isOpen(now) ? workshop.cancel(now.id) : undefined;
    },
    steps: unmade,
  },
  {
    name: 'is forgotten by the song API',
    state: 'lost',
    hold: 'released',
    script(life) {
      life.meanwhile = async ({ jobs }, { id, status }) => {
        life.clock.advance(status.state === 'lost' ? 60 * minute : 0);
        if (status.state === 'lost') await jobs.setPolled([id], null);
      };
    },
    steps: unmade,
  },
  {
    name: 'takes longer than anybody waits',
    state: 'lost',
    hold: 'released',
    script(life) {
      news(life, { phase: 'running' });
      life.meanwhile = async ({ jobs }, { id, status }) => {
        life.clock.advance(10 * minute);
        if (status.state === 'lost') await jobs.setPolled([id], null);
      };
    },
    steps: unmade,
  },
  {
    name: 'was given up and comes after all',
    state: 'succeeded',
    hold: 'released',
    script(life) {
      life.meanwhile = async (_, { status }) => {
        if (status.state !== 'lost') return;
        news(life, done);
        life.clock.advance(5 * minute);
      };
    },
    steps: ['held', 'accepted', 'succeeded', 'fetched', 'posted', 'delivered'],
  },
];

/** The process died with the request on its way: whether it was taken can't be known, and nothing is charged. */
const unknowable: readonly Step[] = ['started', 'answered'];

describe.each(endings)('a song that $name', ({ state, hold, delivery = 'delivered', script, steps }) => {
  const left = hold === 'settled' ? paid : whole;

  it(`leaves its credits ${hold}, once`, async () => {
    const life = new SongLife();
    script(life);
    await expect(life.live()).resolves.toBe(false);
    await expect(life.outcome()).resolves.toEqual({ state, hold, delivery, left, wrong: [] });
    expect(life.songApi.submitted).toHaveLength(1);
  });

  it.each(steps.map((step) => [step]))('the same when the process dies once it is "%s"', async (step) => {
    const life = new SongLife();
    script(life);
    await expect(life.live({ step })).resolves.toBe(true);
    await expect(life.live()).resolves.toBe(false);
    const lostTrack = unknowable.includes(step);
    await expect(life.outcome()).resolves.toEqual(
      lostTrack
        ? { state: 'unconfirmed', hold: 'released', delivery, left: whole, wrong: [] }
        : { state, hold, delivery, left, wrong: [] },
    );
    expect(life.songApi.submitted).toHaveLength(step === 'started' ? 0 : 1);
    // Nothing is left to do: one more life changes nothing.
    const before = await life.outcome();
    await life.live();
    await expect(life.outcome()).resolves.toEqual(before);
  });
});

const [delivered, , fails] = endings;
const givenUp = endings.at(-1);

describe('whichever of its questions to the database is the last of two processes in a row', () => {
  it.each([delivered, fails, givenUp].map((ending) => [ending?.name, ending]))(
    'a song that %s costs what it would have cost, or nothing when nobody knows whether it was asked for',
    async (_, ending) => {
      if (ending === undefined) throw new Error('there is no such ending');
      const untouched = new SongLife();
      ending.script(untouched);
      await untouched.live();
      const ends = new Map<string, number>();
      // Every one of the first two's some 60 questions; every few of the last one's.
      const stride = Math.ceil(untouched.questions / 100);
      for (let question = 0; question <= untouched.questions; question += stride) {
        const life = new SongLife();
        ending.script(life);
        await life.live({ question });
        await life.live({ question });
        await life.live();
        const { state, hold, left, wrong } = await life.outcome();
        expect(wrong).toEqual([]);
        expect(left).toEqual(hold === 'settled' ? paid : whole);
        expect(life.songApi.submitted.length).toBeLessThanOrEqual(1);
        const end = `${state} ${hold}`;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      expect([...ends.keys()].toSorted()).toEqual(
        [`${ending.state} ${ending.hold}`, 'unconfirmed released'].toSorted(),
      );
      expect(ends.get(`${ending.state} ${ending.hold}`)).toBeGreaterThan(20);
    },
    120_000,
  );
});
