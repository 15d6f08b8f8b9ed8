import { onTestFinished, describe, expect, it } from 'vitest';
import { Watchdog } from '../../../src/events/watchdog.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { listeningLog } from '../../support/quiet.ts';

type State = 'ready' | 'waits' | 'unready';

const seconds = 1_000;

function guarded(first: State, restart: () => Promise<void> = () => Promise.resolve()) {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const states = new Map<number, State>([[0, first]]);
  const restarts: string[] = [];
  const { log, lines } = listeningLog();
  const watchdog = new Watchdog({
    clock,
    log,
    limitMs: 60 * seconds,
    lookEveryMs: 5 * seconds,
    shards: () => states,
    restart(shard, how) {
      restarts.push(`${shard} ${how} after ${(clock.now() - startedAt) / seconds} s`);
      return restart();
    },
  });
  watchdog.start();
  onTestFinished(() => watchdog.stop());
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 5 * seconds) {
      clock.advance(5 * seconds);
      // The dog looks and lies down again in microtasks.
      await new Promise(setImmediate);
    }
  };
  return { clock, states, restarts, lines, watchdog, pass };
}

describe('the watchdog', () => {
  it('leaves ready shards alone', async () => {
    const { restarts, pass } = guarded('ready');
    await pass(3_600 * seconds);
    expect(restarts).toEqual([]);
  });

  it('gives a shard its time to reconnect, each time anew', async () => {
    const { states, restarts, pass } = guarded('unready');
    for (let times = 0; times < 5; times += 1) {
      await pass(55 * seconds);
      states.set(0, 'ready');
      await pass(5 * seconds);
      states.set(0, 'unready');
    }
    expect(restarts).toEqual([]);
  });

  it('begins a stuck shard anew: by its session, then without, then more and more seldom', async () => {
    const { restarts, pass, lines } = guarded('unready');
    await pass(60 * seconds);
    expect(restarts).toEqual(['0 resume after 60 s']);
    expect(lines.at(-1)).toMatchObject({ level: 'warn', shard: 0, how: 'resume', unreadyMs: 60_000 });
    await pass(7_200 * seconds);
    expect(restarts.slice(1)).toEqual(
      [180, 420, 900, 1_860, 2_820, 3_780, 4_740, 5_700, 6_660].map((at) => `0 identify after ${at} s`),
    );
  });

  it('is patient again with a shard that was ready in between', async () => {
    const { states, restarts, pass } = guarded('unready');
    await pass(180 * seconds);
    states.set(0, 'ready');
    await pass(5 * seconds);
    states.set(0, 'unready');
    await pass(65 * seconds);
    expect(restarts.map((line) => line.split(' ')[1])).toEqual(['resume', 'identify', 'resume']);
  });

  it('does not count the time that a shard waits for its turn to identify', async () => {
    const { states, restarts, pass } = guarded('waits');
    await pass(600 * seconds);
    states.set(0, 'unready');
    await pass(55 * seconds);
    expect(restarts).toEqual([]);
    await pass(5 * seconds);
    expect(restarts).toEqual(['0 resume after 660 s']);
  });

  it('looks at each shard by itself', async () => {
    const { states, restarts, pass } = guarded('ready');
    states.set(1, 'unready');
    states.set(2, 'ready');
    await pass(65 * seconds);
    expect(restarts.map((line) => line[0])).toEqual(['1']);
  });

  it('goes on when a restart fails, and says so', async () => {
    const { restarts, pass, lines } = guarded('unready', () => Promise.reject(new Error('no network')));
    await pass(180 * seconds);
    expect(restarts).toHaveLength(2);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('stops at once', async () => {
    const { clock, watchdog, restarts, pass } = guarded('unready');
    await watchdog.stop();
    expect(clock.sleepers).toBe(0);
    await pass(600 * seconds);
    expect(restarts).toEqual([]);
  });
});
