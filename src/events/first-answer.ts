/**
 * Discord waits three seconds for the first answer to an interaction; a member whose command wasn't answered by then is
 * told so, and no later answer is taken. So a first answer that got lost on its way, or whose own answer did, is given
 * again within that time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Send } from '../services/repeating.ts';

const callback = /\/interactions\/\d+\/[^/]+\/callback(?:\?|$)/;
/** Of Discord's 3 s; the rest was used by the way here. */
const windowMs = 2_700;
/** Discord answers in a fraction of this. */
const patienceMs = 1_000;
const pauseMs = 100;

const refusalSchema = z.object({ code: z.number() });

/** All other requests go as they are. */
export function insisting(send: Send): Send {
  return async (url, init) => {
    if (!callback.test(url)) return send(url, init);
    const until = performance.now() + windowMs;
    for (let attempt = 1; ; attempt += 1) {
      const left = until - performance.now();
      const isLast = left <= patienceMs + pauseMs;
      try {
        const response = await send(url, {
          ...init,
          signal: within(isLast ? left : patienceMs, init.signal),
        });
        // An earlier attempt had arrived after all.
        if (attempt > 1 && (await isAcknowledged(response))) return new Response(null, { status: 204 });
        if (response.status < 500 || isLast) return response;
        await response.body?.cancel();
      } catch (error) {
        if (isLast || init.signal?.aborted) throw error;
      }
      await sleep(pauseMs);
    }
  };
}

function within(ms: number, signal: AbortSignal | null | undefined): AbortSignal {
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(ms)));
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}

async function isAcknowledged(response: Response): Promise<boolean> {
  if (response.status !== 400) return false;
  const refusal = refusalSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  );
  return refusal.success && refusal.data.code === 40_060;
}
