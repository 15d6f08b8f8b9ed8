import { describe, expect, it, onTestFinished } from 'vitest';
import { Ticker, type TickerOptions } from '../../../src/services/ticker.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const interval = 5_000;

function rig(options: Partial<TickerOptions> = {}) {
  const clock = new FakeClock();
  const errors: string[] = [];
  const ticker = new Ticker({
    clock,
    steps: [],
    interval: () => interval,
    onError: (step) => errors.push(step),
    ...options,
  });
  onTestFinished(() => ticker.stop());
  return { clock, errors, ticker };
}

/** Lets everything happen that needs no time to pass. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** A step that counts its runs. */
function counter() {
  const step = { name: 'count', runs: 0, run: () => Promise.resolve(void (step.runs += 1)) };
  return step;
}

describe('the ticker', () => {
  it('runs its steps in order, at once and then every interval', async () => {
    const order: string[] = [];
    const step = (name: string) => ({ name, run: () => Promise.resolve(void order.push(name)) });
    const { clock, ticker } = rig({ steps: [step('a'), step('b')] });
    ticker.start();
    await settled();
    expect(order).toEqual(['a', 'b']);
    clock.advance(interval - 1);
    await settled();
    expect(order).toHaveLength(2);
    clock.advance(1);
    await settled();
    expect(order).toEqual(['a', 'b', 'a', 'b']);
  });

  it('starts once, however often it is told to', async () => {
    const step = counter();
    const { ticker } = rig({ steps: [step] });
    ticker.start();
    ticker.start();
    await settled();
    expect(step.runs).toBe(1);
  });

  it('makes one pass at a time: a slow one delays the next', async () => {
    let atOnce = 0;
    let most = 0;
    let runs = 0;
    let end: () => void = () => undefined;
    const slow = {
      name: 'slow',
      run: async () => {
        runs += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise<void>((resolve) => (end = resolve));
        atOnce -= 1;
      },
    };
    const { clock, ticker } = rig({ steps: [slow] });
    ticker.start();
    clock.advance(interval * 3);
    ticker.wake();
    await settled();
    expect(runs).toBe(1);
    end();
    await settled();
    clock.advance(interval);
    await settled();
    expect(runs).toBe(2);
    expect(most).toBe(1);
    end();
  });

  it('reports a step that fails and runs the others, now and next time', async () => {
    const after = counter();
    const bad = { name: 'bad', run: () => Promise.reject(new Error('x')) };
    const worse = {
      name: 'worse',
      run: (): Promise<void> => {
        throw new Error('at once');
      },
    };
    const { clock, ticker, errors } = rig({ steps: [bad, worse, after] });
    ticker.start();
    await settled();
    expect(errors).toEqual(['bad', 'worse']);
    expect(after.runs).toBe(1);
    clock.advance(interval);
    await settled();
    expect(errors).toHaveLength(4);
    expect(after.runs).toBe(2);
  });
});

describe('a ticker with nothing to do', () => {
  it('sleeps without an end until it is woken, then makes one pass at once', async () => {
    const step = counter();
    const { clock, ticker } = rig({ steps: [step], interval: () => null });
    ticker.start();
    await settled();
    clock.advance(interval * 1000);
    await settled();
    expect(step.runs).toBe(1);
    ticker.wake();
    await settled();
    expect(step.runs).toBe(2);
    await settled();
    expect(step.runs).toBe(2);
  });

  it('hears a call that comes during the pass', async () => {
    const step = counter();
    const { ticker } = rig({
      steps: [
        step,
        {
          name: 'wake',
          run: () => Promise.resolve(step.runs === 1 ? ticker.wake() : undefined),
        },
      ],
      interval: () => null,
    });
    ticker.start();
    await settled();
    await settled();
    expect(step.runs).toBe(2);
  });

  it('keeps its rhythm when it is woken while something is open', async () => {
    const step = counter();
    const { clock, ticker } = rig({ steps: [step] });
    ticker.start();
    await settled();
    for (let n = 0; n < 10; n += 1) ticker.wake();
    await settled();
    expect(step.runs).toBe(1);
    clock.advance(interval);
    await settled();
    expect(step.runs).toBe(2);
  });
});

describe('stopping', () => {
  it('awaits the pass under way, skips its later steps, and nothing runs afterwards', async () => {
    let end: () => void = () => undefined;
    let seen: AbortSignal | undefined;
    const later = counter();
    const slow = {
      name: 'slow',
      run: (signal: AbortSignal) => {
        seen = signal;
        return new Promise<void>((resolve) => (end = resolve));
      },
    };
    const { clock, ticker } = rig({ steps: [slow, later] });
    ticker.start();
    await settled();
    let stopped = false;
    const stop = ticker.stop().then(() => (stopped = true));
    expect(seen?.aborted).toBe(true);
    await settled();
    expect(stopped).toBe(false);
    end();
    await stop;
    clock.advance(interval * 10);
    ticker.wake();
    await settled();
    expect(later.runs).toBe(0);
  });

  it.each([
    ['between two passes', () => interval],
    ['in a sleep without an end', () => null],
  ])('takes no time %s', async (_, asked) => {
    const { ticker } = rig({ interval: asked });
    ticker.start();
    await settled();
    await expect(ticker.stop()).resolves.toBeUndefined();
  });

  it('is possible before the start', async () => {
    const { ticker } = rig();
    await expect(ticker.stop()).resolves.toBeUndefined();
  });
});
