import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `look` returns something other than undefined, null or false, and returns it.
 * Waiting is for a condition, never for a time; the timeout only ends a test that can't pass any more.
 * A throwing `look` counts as "not yet"; its last error is shown when the time is up.
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  options: { timeoutMs?: number; everyMs?: number; onTimeout?: () => string } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { timeoutMs = 15_000, everyMs = 10 } = options;
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false)
        return seen as Exclude<T, undefined | null | false>;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > deadline) {
      const story = options.onTimeout?.() ?? '';
      throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}${story === '' ? '' : `\n${story}`}`, {
        cause: lastError,
      });
    }
    await sleep(everyMs);
  }
}
