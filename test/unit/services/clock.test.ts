import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';

describe('the clock', () => {
  it('sleeps for as long as it is told', async () => {
    const before = systemClock.now();
    await systemClock.sleep(15);
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(14);
  });

  it('wakes at once when it is called, and does not throw', async () => {
    const called = new AbortController();
    const sleep = systemClock.sleep(60_000, called.signal);
    called.abort();
    await expect(sleep).resolves.toBeUndefined();
    await expect(systemClock.sleep(60_000, called.signal)).resolves.toBeUndefined();
  });
});
