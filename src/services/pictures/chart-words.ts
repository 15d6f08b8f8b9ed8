import { formatCredits } from './format-credits.ts';

/** The few words on the chart. */
export const chartWords = {
  ofAllowance: (credits: number): string => `of ${formatCredits(credits)} credits`,
  reserved: (credits: number): string => `${formatCredits(credits)} reserved`,
  left: (credits: number): string => `${formatCredits(credits)} left`,
  over: (credits: number): string => `${formatCredits(credits)} over`,
  perDay: 'Credits per day',
  perMember: 'By member',
  nothingYet: 'Nothing used yet',
  others: 'Other',
};
