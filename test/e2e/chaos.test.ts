import { expect, it } from 'vitest';
import { runChaos } from '../chaos/run-chaos.ts';
import { summary } from '../chaos/summary.ts';

const seed = 7;

it('bad weather and sudden deaths lose, double and miscount nothing', { timeout: 600_000 }, async () => {
  const { outcome, breaches } = await runChaos({ seed, durationMs: 20_000, jobs: 60 });
  console.log(summary(outcome).replaceAll(/^/gm, '    '));
  expect(breaches).toEqual([]);
  // A calm run would prove nothing.
  const written = outcome.verdicts.filter(
    ({ fate }) => !['not accepted', 'refused', 'silent'].includes(fate),
  );
  expect(written.length).toBeGreaterThanOrEqual(25);
  expect(outcome.deaths.kills + outcome.deaths.crashes.size).toBeGreaterThanOrEqual(2);
});
