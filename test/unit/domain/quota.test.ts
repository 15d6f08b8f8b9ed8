import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPeriodStart, periods, periodStart } from '../../../src/domain/period.ts';
import {
  emptyBalance,
  forecast,
  left,
  mostGenerous,
  moved,
  rolled,
  standing,
  tightest,
  type Allowance,
  type Balance,
  type Movement,
} from '../../../src/domain/quota.ts';

const utc = 'UTC';
const at = (text: string): number => Date.parse(text);
/** A Friday. */
const noon = at('2026-03-13T12:00Z');
const hour = 3_600_000;
const day = 24 * hour;

const balance = (more: Partial<Balance> = {}): Balance => ({ ...emptyBalance(noon, utc), ...more });
const used = (day: number, week: number, month: number): Balance => balance({ used: { day, week, month } });

const credits = fc.integer({ min: 0, max: 1_000 });
const balances = fc
  .record({ reserved: credits, day: fc.integer({ min: -500, max: 500 }), week: credits, month: credits })
  .map(({ reserved, day, week, month }) => balance({ reserved, used: { day, week, month } }));
const allowances = fc.record({ credits, period: fc.constantFrom(...periods) });
const someAllowances = fc
  .tuple(allowances, fc.array(allowances, { maxLength: 4 }))
  .map(([first, rest]): [Allowance, ...Allowance[]] => [first, ...rest]);

describe('an empty balance', () => {
  it('has nothing used and nothing held since the periods began', () => {
    expect(emptyBalance(noon, utc)).toEqual({
      reserved: 0,
      used: { day: 0, week: 0, month: 0 },
      since: { day: at('2026-03-13T00:00Z'), week: at('2026-03-09T00:00Z'), month: at('2026-03-01T00:00Z') },
    });
  });
});

describe('a balance that time passes over', () => {
  it.each([
    ['the same day', '2026-03-13T23:59:59.999Z', [3, 5, 7]],
    ['the next day', '2026-03-14T00:00Z', [0, 5, 7]],
    ['the next week', '2026-03-16T00:00Z', [0, 0, 7]],
    ['the next month', '2026-04-01T00:00Z', [0, 0, 0]],
    ['a month that begins inside a week', '2026-04-01T12:00Z', [0, 0, 0]],
    ['years later', '2031-01-01T00:00Z', [0, 0, 0]],
    ['a clock that was put back', '2026-03-12T12:00Z', [3, 5, 7]],
  ])('has this left of what was used: %s', (_, then, [day, week, month]) => {
    expect(rolled(used(3, 5, 7), at(then), utc).used).toEqual({ day, week, month });
  });

  it('keeps what is held: that belongs to no period', () => {
    expect(rolled(balance({ reserved: 9 }), noon + 400 * day, utc).reserved).toBe(9);
  });

  it('loses what was granted with the period, too', () => {
    expect(rolled(used(-5, -5, -5), noon + day, utc).used).toEqual({ day: 0, week: -5, month: -5 });
  });

  it('is the same object while no period has ended', () => {
    const before = used(1, 2, 3);
    expect(rolled(before, noon + hour, utc)).toBe(before);
  });

  it('is the same whether it rolls once or often on the way', () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 * day }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(balances, times, fc.constantFrom(utc, 'Africa/Cairo'), (start, offsets, zone) => {
        const now = { ...start, since: emptyBalance(noon, zone).since };
        const stops = offsets.toSorted((a, b) => a - b).map((offset) => noon + offset);
        const last = stops.at(-1) ?? noon;
        expect(stops.reduce((each, stop) => rolled(each, stop, zone), now)).toEqual(rolled(now, last, zone));
        for (const period of periods)
          expect(rolled(now, last, zone).since[period]).toBe(periodStart(last, period, zone));
      }),
    );
  });
});

describe('a movement', () => {
  it.each<[Movement, number, number]>([
    [{ is: 'hold', credits: 3 }, 8, 2],
    [{ is: 'settle', credits: 3 }, 2, 5],
    [{ is: 'release', credits: 3 }, 2, 2],
    [{ is: 'grant', credits: 3 }, 5, -1],
    [{ is: 'reset' }, 5, 0],
  ])('%j leaves %i held and %i used in every period', (movement, reserved, nowUsed) => {
    const after = moved({ ...used(2, 2, 2), reserved: 5 }, movement);
    expect(after.reserved).toBe(reserved);
    expect(after.used).toEqual({ day: nowUsed, week: nowUsed, month: nowUsed });
  });

  it('leaves the balance that it was made from alone', () => {
    const before = Object.freeze({ ...used(2, 2, 2), used: Object.freeze({ day: 2, week: 2, month: 2 }) });
    expect(() => moved(before, { is: 'settle', credits: 1 })).not.toThrow();
  });

  it('that ends a hold takes what is left no further than the hold did', () => {
    fc.assert(
      fc.property(balances, allowances, credits, (start, allowance, price) => {
        const held = moved(start, { is: 'hold', credits: price });
        expect(left(held, allowance)).toBe(left(start, allowance) - price);
        expect(left(moved(held, { is: 'settle', credits: price }), allowance)).toBe(left(held, allowance));
        expect(moved(held, { is: 'release', credits: price })).toEqual(start);
      }),
    );
  });

  it('that grants gives exactly that much more', () => {
    fc.assert(
      fc.property(balances, allowances, credits, (start, allowance, more) => {
        const after = moved(start, { is: 'grant', credits: more });
        expect(left(after, allowance)).toBe(left(start, allowance) + more);
      }),
    );
  });
});

describe('of several allowances', () => {
  it('the most generous is the one that leaves most, and nobody has less by being given another', () => {
    fc.assert(
      fc.property(balances, someAllowances, (now, all) => {
        const best = left(now, mostGenerous(now, all));
        expect(best).toBe(Math.max(...all.map((each) => left(now, each))));
      }),
    );
  });

  it('the tightest is the one that leaves least, and no cap is ever passed', () => {
    fc.assert(
      fc.property(balances, someAllowances, (now, all) => {
        const least = left(now, tightest(now, all));
        expect(least).toBe(Math.min(...all.map((each) => left(now, each))));
      }),
    );
  });

  it('the first counts where they are equal', () => {
    const [daily, monthly]: Allowance[] = [
      { credits: 5, period: 'day' },
      { credits: 5, period: 'month' },
    ];
    expect(mostGenerous(balance(), [daily!, monthly!])).toBe(daily);
    expect(tightest(balance(), [daily!, monthly!])).toBe(daily);
  });

  it('that differ in their period it depends on what was used when', () => {
    const daily: Allowance = { credits: 5, period: 'day' };
    const monthly: Allowance = { credits: 20, period: 'month' };
    expect(mostGenerous(used(0, 0, 16), [daily, monthly])).toBe(daily);
    expect(mostGenerous(used(0, 0, 14), [daily, monthly])).toBe(monthly);
    expect(tightest(used(0, 0, 16), [daily, monthly])).toBe(monthly);
  });
});

describe('a standing', () => {
  it('says what is used, held and left, and when it starts over', () => {
    const now = { ...used(3, 4, 5), reserved: 2 };
    expect(standing(now, { credits: 10, period: 'week' }, noon, utc)).toEqual({
      allowance: { credits: 10, period: 'week' },
      used: 4,
      reserved: 2,
      left: 4,
      resetAt: at('2026-03-16T00:00Z'),
    });
  });

  it('never says that less than nothing is left', () => {
    expect(standing(used(9, 9, 9), { credits: 5, period: 'day' }, noon, utc).left).toBe(0);
  });

  it('says that more is left after a grant than the allowance is', () => {
    expect(standing(used(-9, -9, -9), { credits: 5, period: 'day' }, noon, utc).left).toBe(14);
  });
});

describe('a forecast', () => {
  const daily: Allowance = { credits: 100, period: 'day' };
  const ends = (nowUsed: number, now: number, more: Partial<Balance> = {}): number | null => {
    const spent = { ...used(nowUsed, nowUsed, nowUsed), ...more };
    return forecast(standing(spent, daily, now, utc), now, utc);
  };

  it('goes on like the period began', () => {
    // 60 in 12 hours: the 40 that are left last for 8.
    expect(ends(60, noon)).toBe(noon + 8 * hour);
  });

  it.each([
    ['the credits last', 50, noon],
    ['nothing was used', 0, noon],
    ['more was granted than used', -5, noon],
    ['none are left', 100, noon],
    ['the period has just begun', 60, at('2026-03-13T01:00Z')],
  ])('is none where %s', (_, nowUsed, now) => {
    expect(ends(nowUsed, now)).toBeNull();
  });

  it('counts what is held as gone', () => {
    expect(ends(60, noon, { reserved: 40 })).toBeNull();
    expect(ends(60, noon, { reserved: 10 })).toBe(noon + 6 * hour);
  });

  it('is never in the past and never after the reset', () => {
    const elapsed = fc.integer({ min: 0, max: day - 1 });
    fc.assert(
      fc.property(balances, allowances, elapsed, (now, allowance, off) => {
        const then = at('2026-03-13T00:00Z') + off;
        const end = forecast(standing(now, allowance, then, utc), then, utc);
        if (end === null) return;
        expect(end).toBeGreaterThanOrEqual(then);
        expect(end).toBeLessThanOrEqual(nextPeriodStart(then, allowance.period, utc));
      }),
    );
  });
});
