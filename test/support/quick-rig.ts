import { onTestFinished } from 'vitest';
import { openRig, type Rig, type RigOptions } from '../../playground/rig.ts';

/** The real bot between the emulators, at a pace where a song takes half a second. Closed when the test ends. */
export async function quickRig(options: RigOptions = {}): Promise<Rig> {
  const rig = await openRig({
    ...options,
    songApi: { songMs: [250, 500], pollerMs: 100, songSeconds: 2, ...options.songApi },
    environment: { POLL_INTERVAL_MS: '100', LOG_LEVEL: 'debug', ...options.environment },
    seams: {
      progressEveryMs: 100,
      mediaRetryDelaysMs: [50, 100, 200],
      missingGraceMs: 500,
      ...options.seams,
    },
  });
  onTestFinished(() => rig.stop());
  return rig;
}
