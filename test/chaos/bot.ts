/**
 * The real bot in a process of its own that can be told where to die (CRASH_AT, the CRASH_COUNTth time) and how late it
 * believes it is (CLOCK_OFFSET_MS). Its paces are those of a test; nothing else is different.
 */
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { systemClock } from '../../src/services/clock.ts';

const { CRASH_AT, CRASH_COUNT = '1', CLOCK_OFFSET_MS = '0', PROGRESS_EVERY_MS = '100' } = process.env;

// The whole process lives then, as on a machine whose clock has moved on: the clock seam and everything beside it.
const wallClock = Date.now;
const offsetMs = Number(CLOCK_OFFSET_MS);
Date.now = () => wallClock() + offsetMs;

let passes = 0;
const app = await createApp(loadConfig(process.env), {
  clock: systemClock,
  progressEveryMs: Number(PROGRESS_EVERY_MS),
  mediaRetryDelaysMs: [50, 100, 200, 400, 800],
  missingGraceMs: 500,
  reached(step) {
    if (step !== CRASH_AT) return;
    passes += 1;
    if (passes === Number(CRASH_COUNT)) process.kill(process.pid, 'SIGKILL');
  },
});
process.once('SIGTERM', () => {
  app.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
await app.start();
process.stdout.write('ready\n');
