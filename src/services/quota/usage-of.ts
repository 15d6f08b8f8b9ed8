/** A server's report as the chart wants it: per day on the server's own calendar, per member, per action. */
import { nextPeriodStart } from '../../domain/period.ts';
import type { Usage } from '../pictures/usage.ts';
import type { Words } from '../text/en.ts';
import type { GuildReport } from './steward.ts';

/** Named members in the chart; the rest is "others". */
const namedMembers = 8;

export function usageOf(
  report: GuildReport,
  now: number,
  title: string,
  labelOf: (action: string) => string,
  words: Words,
): Usage {
  const { account, standing, endsAt } = report;
  const { timeZone } = account;
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' });
  const start = account.balance.since[standing.allowance.period];

  const days = new Map<string, Record<string, number>>();
  for (let at = start; at <= now; at = nextPeriodStart(at, 'day', timeZone)) days.set(day.format(at), {});
  const members = new Map<string, number>();
  const actions = new Map<string, number>();
  for (const { at, userId, name, action, credits } of report.usage) {
    const label = labelOf(action);
    const perAction = days.get(day.format(at));
    if (perAction !== undefined) perAction[label] = (perAction[label] ?? 0) + credits;
    const member = name === '' ? userId : name;
    members.set(member, (members.get(member) ?? 0) + credits);
    actions.set(label, (actions.get(label) ?? 0) + credits);
  }

  const ranked = [...members].map(([name, used]) => ({ name, used })).toSorted((a, b) => b.used - a.used);
  const others = ranked.slice(namedMembers).reduce((sum, { used }) => sum + used, 0);
  return {
    title,
    span: words.quotaAdmin.span(day.format(start), day.format(standing.resetAt - 1), timeZone),
    used: standing.used,
    reserved: standing.reserved,
    allowance: standing.allowance.credits,
    days: [...days].map(([label, perAction]) => ({ label, perAction })),
    members: [
      ...ranked.slice(0, namedMembers),
      ...(others > 0 ? [{ name: words.quotaAdmin.others, used: others }] : []),
    ],
    actions: [...actions].map(([label, used]) => ({ label, used })).toSorted((a, b) => b.used - a.used),
    forecast: endsAt === null ? null : words.quotaAdmin.forecast(day.format(endsAt)),
  };
}
