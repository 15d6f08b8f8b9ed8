/** The real bot in a process of its own, at the pace of a playground: progress moves every second. */
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

const app = await createApp(loadConfig(process.env), { progressEveryMs: 1_000 });
const stop = (): void => {
  app.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGTERM', stop);
// Whoever started it is gone: nobody would ever stop it.
process.stdin.once('end', stop).resume();
await app.start();
process.stdout.write('ready\n');
