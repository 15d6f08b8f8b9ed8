import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** CHROMIUM, or where Debian and its like put it; undefined: the browser tests are skipped. */
export function findChromium(): string | undefined {
  const told = process.env['CHROMIUM'];
  return [...(told === undefined ? [] : [told]), ...places].find((path) => existsSync(path));
}
