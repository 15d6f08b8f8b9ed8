import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/domain/errors.ts';
import { Turnstile } from '../../../../src/services/jobs/turnstile.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('the way in for requests', () => {
  it('lets one of a server in after the other, and other servers beside it', async () => {
    const turnstile = new Turnstile({ clock: new FakeClock() });
    const inside = new Set<string>();
    const most = { a: 0, all: 0 };
    const work = (server: string) => async (): Promise<void> => {
      const me = `${server}${inside.size}`;
      inside.add(me);
      most.a = Math.max(most.a, [...inside].filter((one) => one.startsWith('a')).length);
      most.all = Math.max(most.all, inside.size);
      await new Promise((resolve) => setImmediate(resolve));
      inside.delete(me);
    };
    const servers = ['a', 'a', 'a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(servers.map((server) => turnstile.pass(server, work(server))));
    expect(most).toEqual({ a: 1, all: 4 });
  });

  it('refuses who would wait too long, whose work is then never begun', async () => {
    const clock = new FakeClock();
    const turnstile = new Turnstile({ clock, longestWaitMs: 1_000 });
    const first = Promise.withResolvers<string>();
    const done: string[] = [];
    const slow = turnstile.pass('a', () => first.promise);
    const late = turnstile.pass('a', async () => void done.push('late')).catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_001);
    expect(await late).toBeInstanceOf(Refusal);
    first.resolve('slow');
    await expect(slow).resolves.toBe('slow');
    expect(done).toEqual([]);
  });
});
