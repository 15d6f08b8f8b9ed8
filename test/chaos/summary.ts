import type { Deaths } from './keep-alive.ts';
import type { Verdict } from './judge.ts';

export interface Outcome {
  seed: number;
  seconds: number;
  /** Submits that were sent, tasks that were paid for, and those of which no job is known to be theirs. */
  songApi: { submits: number; tasks: number; unconfirmedTasks: number };
  verdicts: readonly Verdict[];
  deaths: Deaths;
  struck: ReadonlyMap<string, number>;
  offLedger: number;
  errorLines: number;
}

const count = (outcome: Outcome, kind: Verdict['kind']): number =>
  outcome.verdicts.filter((verdict) => verdict.kind === kind).length;

/** The run as one table. */
export function summary(outcome: Outcome): string {
  const { deaths, struck, songApi } = outcome;
  const fates = countBy(outcome.verdicts.map(({ fate }) => fate));
  const crashes = [...deaths.crashes].map(([step, times]) => `${step} ${times}`).join(', ');
  const rows: [string, string | number][] = [
    ['seed', outcome.seed],
    ['songs asked for', outcome.verdicts.length],
    ...fates.map(([fate, times]): [string, number] => [`  ${fate}`, times]),
    ['  also told directly', outcome.verdicts.filter(({ again }) => again).length],
    ['deaths at a named step', `${sum(deaths.crashes)} (${crashes})`],
    ['kills at a random moment', `${deaths.kills}, ${deaths.outages} of them with 16 minutes of outage`],
    ['clean restarts', deaths.stops],
    ['faults that struck', sum(struck)],
    ...[...struck].toSorted(byName).map(([name, times]): [string, number] => [`  ${name}`, times]),
    [
      'song API',
      `${songApi.submits} submits, ${songApi.tasks} tasks, ${songApi.unconfirmedTasks} of them unconfirmed`,
    ],
    ['error lines in the log', outcome.errorLines],
    ['lost', count(outcome, 'lost')],
    ['doubled', count(outcome, 'doubled')],
    ['other breaches', count(outcome, 'other')],
    ['ledger off by', outcome.offLedger],
    ['seconds', Math.round(outcome.seconds)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

const byName = (a: [string, number], b: [string, number]): number => (a[0] < b[0] ? -1 : 1);

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, one) => total + one, 0);

function countBy(words: readonly string[]): [string, number][] {
  return [...Map.groupBy(words, (word) => word)]
    .map(([word, all]): [string, number] => [word, all.length])
    .toSorted(byName);
}
