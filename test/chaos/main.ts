/**
 * `npm run chaos -- --seed N --minutes M [--jobs J] [--tell FATE]`: exits 1 when anything was lost, doubled or
 * miscounted. FATE is a line of the table, such as "linked": the stories of those songs are told.
 */
import { parseArgs } from 'node:util';
import { runChaos } from './run-chaos.ts';
import { summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    jobs: { type: 'string' },
    tell: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const { outcome, told, breaches } = await runChaos({
  seed: Number(values.seed),
  durationMs: minutes * 60_000,
  jobs: values.jobs === undefined ? Math.ceil(minutes * 120) : Number(values.jobs),
  tell: values.tell,
});
console.log(summary(outcome));
for (const one of told) console.log(`\n${values.tell}:\n${one}`);
for (const breach of breaches) console.log(`\nBREACH: ${breach}`);
process.exitCode = breaches.length === 0 ? 0 : 1;
