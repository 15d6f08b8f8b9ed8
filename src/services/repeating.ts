/**
 * Sends again what may be sent again when nobody knows what became of it. discord.js' own way repeats everything, also a
 * new message whose answer got lost, and doubles it.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** Of fetch's options what is looked at here; discord.js has its own undici's type of them. */
export interface SendInit {
  method?: string;
  body?: unknown;
  signal?: AbortSignal | null;
}

export type Send = (url: string, init: SendInit) => Promise<Response>;

const waitsMs = [300, 1_200];

/** A new message only where Discord itself knows it again, by its enforced nonce; everything else by its nature. */
export function mayRepeat(method: string, body: unknown): boolean {
  if (['GET', 'PUT', 'PATCH', 'DELETE'].includes(method)) return true;
  if (method !== 'POST' || typeof body !== 'string') return false;
  try {
    const message: unknown = JSON.parse(body);
    if (typeof message !== 'object' || message === null) return false;
    return Reflect.get(message, 'enforce_nonce') === true && Boolean(Reflect.get(message, 'nonce'));
  } catch {
    return false;
  }
}

/** Waits between attempts, which all fall into the time that the caller gives by its signal. */
export function repeating(send: Send): Send {
  return async (url, init) => {
    const method = (init.method ?? 'GET').toUpperCase();
    if (!mayRepeat(method, init.body)) return send(url, init);
    for (let attempt = 0; ; attempt += 1) {
      const wait = waitsMs[attempt];
      try {
        const response = await send(url, init);
        // What we were about to delete is gone: the first attempt had arrived.
        if (attempt > 0 && method === 'DELETE' && response.status === 404)
          return new Response(null, { status: 204 });
        if (response.status < 500 || wait === undefined) return response;
        await response.body?.cancel();
      } catch (error) {
        if (wait === undefined || init.signal?.aborted) throw error;
      }
      await sleep(wait);
    }
  };
}
