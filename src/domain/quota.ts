/**
 * The till's arithmetic, pure. An account counts what was used in the current day, week and month side by side, so
 * that any allowance ("20 a day", "100 a month") can be held against it, whoever set it and whenever.
 */
import { nextPeriodStart, periods, periodStart, type Period } from './period.ts';

/** So many credits in each period. */
export interface Allowance {
  credits: number;
  period: Period;
}

/** What an account holds. `used` may be negative: a grant gives credits on top, until the period ends. */
export interface Balance {
  /** Held for songs under way; belongs to no period. */
  reserved: number;
  used: Record<Period, number>;
  /** Unix ms: the beginning of the period that `used` speaks of. */
  since: Record<Period, number>;
}

/** Milliseconds of the shortest period of each kind: a day of 23 hours, a February. */
const shortest: Record<Period, number> = {
  day: 23 * 3_600_000,
  week: 167 * 3_600_000,
  month: 671 * 3_600_000,
};

export const largestCredits = 1_000_000_000;

export function emptyBalance(at: number, timeZone: string): Balance {
  return rolled(
    { reserved: 0, used: { day: 0, week: 0, month: 0 }, since: { day: 0, week: 0, month: 0 } },
    at,
    timeZone,
  );
}

/** The balance as of `at`: periods that have ended since start over at nothing used. The same object if none has. */
export function rolled(balance: Balance, at: number, timeZone: string): Balance {
  // A changed time zone moves a period's beginning by hours; only a real new period is most of one away.
  const ended = periods.filter(
    (period) => periodStart(at, period, timeZone) - balance.since[period] >= 0.75 * shortest[period],
  );
  if (ended.length === 0) return balance;
  const used = { ...balance.used };
  const since = { ...balance.since };
  for (const period of ended) {
    used[period] = 0;
    since[period] = periodStart(at, period, timeZone);
  }
  return { ...balance, used, since };
}

export function left(balance: Balance, allowance: Allowance): number {
  return allowance.credits - balance.used[allowance.period] - balance.reserved;
}

export type Movement =
  /** Reserved for a job. */
  | { is: 'hold'; credits: number }
  /** The job was delivered: its hold is used up. */
  | { is: 'settle'; credits: number }
  /** The job cost nothing after all. */
  | { is: 'release'; credits: number }
  /** Credits on top until the period ends. */
  | { is: 'grant'; credits: number }
  /** Starts over at nothing used, in every period. */
  | { is: 'reset' };

/** `balance` must be rolled to now. */
export function moved(balance: Balance, movement: Movement): Balance {
  const use = (credits: number): Record<Period, number> => ({
    day: balance.used.day + credits,
    week: balance.used.week + credits,
    month: balance.used.month + credits,
  });
  switch (movement.is) {
    case 'hold':
      return { ...balance, reserved: balance.reserved + movement.credits };
    case 'settle':
      return { ...balance, reserved: balance.reserved - movement.credits, used: use(movement.credits) };
    case 'release':
      return { ...balance, reserved: balance.reserved - movement.credits };
    case 'grant':
      return { ...balance, used: use(-movement.credits) };
    case 'reset':
      return { ...balance, used: { day: 0, week: 0, month: 0 } };
  }
}

/** Of several allowances the one that leaves most: a member has the best of their own, their roles' and the default. */
export function mostGenerous(balance: Balance, allowances: readonly [Allowance, ...Allowance[]]): Allowance {
  return allowances.reduce((best, next) => (left(balance, next) > left(balance, best) ? next : best));
}

/** Of several caps the one that leaves least. */
export function tightest(balance: Balance, caps: readonly [Allowance, ...Allowance[]]): Allowance {
  return caps.reduce((least, next) => (left(balance, next) < left(balance, least) ? next : least));
}

/** An allowance and what has become of it, for people. */
export interface Standing {
  allowance: Allowance;
  used: number;
  reserved: number;
  left: number;
  /** Unix ms. */
  resetAt: number;
}

export function standing(balance: Balance, allowance: Allowance, at: number, timeZone: string): Standing {
  return {
    allowance,
    used: balance.used[allowance.period],
    reserved: balance.reserved,
    left: Math.max(0, left(balance, allowance)),
    resetAt: nextPeriodStart(at, allowance.period, timeZone),
  };
}

/**
 * When the credits end if the rest of the period goes on like its beginning; null where they last, where there are
 * none left already, or where too little has been seen (less than a twentieth of the period).
 */
export function forecast(now: Standing, at: number, timeZone: string): number | null {
  const start = periodStart(at, now.allowance.period, timeZone);
  const elapsed = at - start;
  if (now.used <= 0 || now.left <= 0 || elapsed < (now.resetAt - start) / 20) return null;
  const end = at + (now.left / now.used) * elapsed;
  return end < now.resetAt ? Math.round(end) : null;
}
