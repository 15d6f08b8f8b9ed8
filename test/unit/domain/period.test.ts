import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkTimeZone,
  nextPeriodStart,
  periods,
  periodStart,
  type Period,
} from '../../../src/domain/period.ts';

/** Without daylight saving, with it, with it at midnight, with half an hour of it, and at both ends of the world. */
const zones = [
  'UTC',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Etc/GMT+12',
] as const;
const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the calendar on the wall says there, read by another road than the code's. */
function wall(instant: number, timeZone: string): { date: string; weekday: string } {
  const formatter =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
    });
  formatters.set(timeZone, formatter);
  const [weekday = '', date = ''] = formatter.format(instant).split(', ');
  return { date, weekday };
}

/** Any time from 2015 to 2044, often within two days of a change of the clocks. */
const instants = fc.oneof(
  fc.integer({ min: at('2015-01-01T00:00Z'), max: at('2045-01-01T00:00Z') }),
  fc
    .tuple(
      fc.constantFrom('2018-11-04', '2018-02-18', '2023-04-28', '2023-10-27', '2026-03-29', '2026-10-25'),
      fc.integer({ min: -48 * hour, max: 48 * hour }),
    )
    .map(([date, off]) => at(`${date}T00:00Z`) + off),
);
const asked = fc.tuple(instants, fc.constantFrom(...periods), fc.constantFrom(...zones));

describe('a period', () => {
  it('holds the moment that it was asked for', () => {
    fc.assert(
      fc.property(asked, ([now, period, zone]) => {
        expect(periodStart(now, period, zone)).toBeLessThanOrEqual(now);
        expect(nextPeriodStart(now, period, zone)).toBeGreaterThan(now);
      }),
      { numRuns: 1_500 },
    );
  });

  it('ends where the following one begins, and both say so', () => {
    fc.assert(
      fc.property(asked, ([now, period, zone]) => {
        const [start, next] = [periodStart(now, period, zone), nextPeriodStart(now, period, zone)];
        expect(periodStart(next, period, zone)).toBe(next);
        expect(periodStart(next - 1, period, zone)).toBe(start);
        expect(nextPeriodStart(start, period, zone)).toBe(next);
        expect(nextPeriodStart(start - 1, period, zone)).toBe(start);
      }),
      { numRuns: 1_500 },
    );
  });

  it('begins with a new date on the wall: any day, a Monday, the first of a month', () => {
    fc.assert(
      fc.property(asked, ([now, period, zone]) => {
        const start = periodStart(now, period, zone);
        const first = wall(start, zone);
        expect(wall(start - 1, zone).date < first.date).toBe(true);
        const here = wall(now, zone);
        if (period === 'day') expect(first.date).toBe(here.date);
        if (period === 'week') expect(first.weekday).toBe('mån');
        if (period === 'month') expect(first.date).toBe(`${here.date.slice(0, 8)}01`);
      }),
      { numRuns: 1_500 },
    );
  });

  it('is as long as days, weeks and months are, give or take what the clocks were moved by', () => {
    const lengths: Record<Period, [number, number]> = {
      day: [22.9, 25.1],
      week: [7 * 24 - 1.1, 7 * 24 + 1.1],
      month: [28 * 24 - 1.1, 31 * 24 + 1.1],
    };
    fc.assert(
      fc.property(asked, ([now, period, zone]) => {
        const hours = (nextPeriodStart(now, period, zone) - periodStart(now, period, zone)) / hour;
        expect(hours).toBeGreaterThan(lengths[period][0]);
        expect(hours).toBeLessThan(lengths[period][1]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('is the same whether asked for first or again, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 2, maxLength: 12 }), (questions) => {
        const answers = questions.map(([now, ...rest]) => periodStart(now, ...rest));
        const again = questions.toReversed().map(([now, ...rest]) => periodStart(now, ...rest));
        expect(again.toReversed()).toEqual(answers);
      }),
    );
  });
});

describe('a day', () => {
  it.each([
    // Midnight doesn't exist: the clocks went from 23:59:59 to 01:00.
    ['America/Sao_Paulo', '2018-11-04T12:00Z', '2018-11-04T03:00Z', '2018-11-05T02:00Z'],
    ['Africa/Cairo', '2023-04-28T12:00Z', '2023-04-27T22:00Z', '2023-04-28T21:00Z'],
    ['America/Havana', '2026-03-08T12:00Z', '2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    // Midnight comes twice, or nearly: the clocks went from 23:59:59 back to 23:00.
    ['America/Sao_Paulo', '2018-02-17T12:00Z', '2018-02-17T02:00Z', '2018-02-18T03:00Z'],
    ['Africa/Cairo', '2023-10-26T12:00Z', '2023-10-25T21:00Z', '2023-10-26T22:00Z'],
    ['Europe/Berlin', '2026-03-29T12:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['Europe/Berlin', '2026-10-25T12:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['Asia/Kathmandu', '2026-06-01T12:00Z', '2026-05-31T18:15Z', '2026-06-01T18:15Z'],
    ['Pacific/Kiritimati', '2026-06-01T12:00Z', '2026-06-01T10:00Z', '2026-06-02T10:00Z'],
    ['Etc/GMT+12', '2026-06-01T12:00Z', '2026-06-01T12:00Z', '2026-06-02T12:00Z'],
  ])('in %s around %s goes from %s to %s', (zone, now, start, end) => {
    expect(new Date(periodStart(at(now), 'day', zone))).toEqual(new Date(start));
    expect(new Date(nextPeriodStart(at(now), 'day', zone))).toEqual(new Date(end));
  });

  it('that a country left out is not waited for', () => {
    // Samoa went from Thursday the 29th to Saturday the 31st.
    expect(new Date(nextPeriodStart(at('2011-12-29T22:00Z'), 'day', 'Pacific/Apia'))).toEqual(
      new Date('2011-12-30T10:00Z'),
    );
  });
});

describe('a week', () => {
  it.each([
    ['a Sunday late', 'Europe/Berlin', '2026-03-15T22:59Z', '2026-03-08T23:00Z', '2026-03-15T23:00Z'],
    ['a Monday early', 'Europe/Berlin', '2026-03-15T23:00Z', '2026-03-15T23:00Z', '2026-03-22T23:00Z'],
    ['New Year', 'UTC', '2026-01-01T00:00Z', '2025-12-29T00:00Z', '2026-01-05T00:00Z'],
    ['a leap day', 'UTC', '2028-02-29T12:00Z', '2028-02-28T00:00Z', '2028-03-06T00:00Z'],
  ])('around %s in %s (%s) goes from %s to %s', (_, zone, now, start, end) => {
    expect(new Date(periodStart(at(now), 'week', zone))).toEqual(new Date(start));
    expect(new Date(nextPeriodStart(at(now), 'week', zone))).toEqual(new Date(end));
  });
});

describe('a month', () => {
  it.each([
    ['December', 'UTC', '2026-12-31T23:59Z', '2026-12-01T00:00Z', '2027-01-01T00:00Z'],
    ['February', 'UTC', '2028-02-29T23:59Z', '2028-02-01T00:00Z', '2028-03-01T00:00Z'],
    [
      'a month that the sun changes',
      'America/New_York',
      '2026-03-20T00:00Z',
      '2026-03-01T05:00Z',
      '2026-04-01T04:00Z',
    ],
  ])('like %s in %s (%s) goes from %s to %s', (_, zone, now, start, end) => {
    expect(new Date(periodStart(at(now), 'month', zone))).toEqual(new Date(start));
    expect(new Date(nextPeriodStart(at(now), 'month', zone))).toEqual(new Date(end));
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'europe/berlin', 'Etc/GMT-14'])('is one: %s', (zone) => {
    expect(() => checkTimeZone(zone)).not.toThrow();
  });

  it.each(['', 'Middle/Earth', 'Europe/', '<script>'])('is none: %j', (zone) => {
    expect(() => checkTimeZone(zone)).toThrow(RangeError);
  });
});
