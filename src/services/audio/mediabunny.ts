import { createRequire } from 'node:module';
import type * as Mediabunny from 'mediabunny';

/** The library as one file: every thread for a file loads it anew, in half the time of its seventy modules. */
export const mediabunny = createRequire(import.meta.url)('mediabunny') as typeof Mediabunny;
