import { findChromium } from './find-chromium.ts';

/** Once a run, before anything else. */
export function setup(): void {
  if (findChromium() === undefined)
    process.stdout.write(
      'No Chromium here (apt-get install chromium, or CHROMIUM=path): browser tests are skipped.\n',
    );
}
