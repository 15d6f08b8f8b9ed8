/** `npm run chaos -- --seed N --minutes M [--jobs J]`: exits 1 when anything was lost, doubled or miscounted. */
import { parseArgs } from 'node:util';
import { runChaos } from './run-chaos.ts';
import { summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    jobs: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const { outcome, breaches } = await runChaos({
  seed: Number(values.seed),
  durationMs: minutes * 60_000,
  jobs: values.jobs === undefined ? Math.ceil(minutes * 120) : Number(values.jobs),
});
console.log(summary(outcome));
for (const breach of breaches) console.log(`\nBREACH: ${breach}`);
process.exitCode = breaches.length === 0 ? 0 : 1;
