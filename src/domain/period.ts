/**
 * Days, weeks and months on a server's own clock, by arithmetic: there is no timer that resets anything. Weeks begin
 * on Monday. Daylight saving is the time zone's business: a day may have 23 or 25 hours.
 */
export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

interface LocalDate {
  year: number;
  /** 1 to 12; other numbers run over into the years around, as in `Date.UTC`. */
  month: number;
  day: number;
}

const dayMs = 86_400_000;

/** Throws `RangeError` for a zone that isn't one. */
export function checkTimeZone(timeZone: string): void {
  formatter(timeZone);
}

/** Unix ms at which the period that `at` lies in began. */
export function periodStart(at: number, period: Period, timeZone: string): number {
  return spanOf(at, period, timeZone).start;
}

/** Unix ms at which the next period begins: the moment of the reset. */
export function nextPeriodStart(at: number, period: Period, timeZone: string): number {
  return spanOf(at, period, timeZone).end;
}

interface Span {
  start: number;
  end: number;
}

/** The span last asked for, per period and zone: nearly every question is about now. */
const lastSpans = new Map<string, Span>();

function spanOf(at: number, period: Period, timeZone: string): Span {
  const key = `${period} ${timeZone}`;
  const last = lastSpans.get(key);
  if (last !== undefined && last.start <= at && at < last.end) return last;
  const first = firstDay(localDate(at, timeZone), period);
  const span = { start: startOf(first, timeZone), end: startOf(following(first, period), timeZone) };
  lastSpans.set(key, span);
  return span;
}

function following({ year, month, day }: LocalDate, period: Period): LocalDate {
  switch (period) {
    case 'day':
      return { year, month, day: day + 1 };
    case 'week':
      return { year, month, day: day + 7 };
    case 'month':
      return { year, month: month + 1, day: 1 };
  }
}

function firstDay({ year, month, day }: LocalDate, period: Period): LocalDate {
  switch (period) {
    case 'day':
      return { year, month, day };
    case 'week': {
      const sinceMonday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
      return { year, month, day: day - sinceMonday };
    }
    case 'month':
      return { year, month, day: 1 };
  }
}

/** The first instant of a local day. Where midnight doesn't exist (a clock put forward at 0:00), the one after it. */
function startOf({ year, month, day }: LocalDate, timeZone: string): number {
  const asIfUtc = Date.UTC(year, month - 1, day);
  const target = new Date(asIfUtc);
  const isBefore = (at: number): boolean => {
    const local = localDate(at, timeZone);
    return Date.UTC(local.year, local.month - 1, local.day) < target.getTime();
  };
  // No zone is further than 14 hours from UTC: the day begins within a day of the same reading in UTC.
  let low = asIfUtc - dayMs;
  let high = asIfUtc + dayMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(middle)) low = middle;
    else high = middle;
  }
  return high;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    formatters.set(timeZone, known);
  }
  return known;
}

function localDate(at: number, timeZone: string): LocalDate {
  const parts = formatter(timeZone).formatToParts(at);
  const value = (type: 'year' | 'month' | 'day'): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return { year: value('year'), month: value('month'), day: value('day') };
}
