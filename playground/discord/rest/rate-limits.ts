/** So many requests in so long. Real numbers come in Discord's headers; these are those that people have measured. */
export interface Limit {
  name: string;
  requests: number;
  perMs: number;
}

export const LIMITS = {
  /** Edits, deletions and follow-ups by interaction token. */
  webhook: { name: 'webhook', requests: 5, perMs: 5_000 },
  messageCreate: { name: 'message-create', requests: 5, perMs: 5_000 },
  messageEdit: { name: 'message-edit', requests: 5, perMs: 5_000 },
  messageDelete: { name: 'message-delete', requests: 5, perMs: 1_000 },
  commandWrite: { name: 'command-write', requests: 5, perMs: 20_000 },
  dmCreate: { name: 'dm-create', requests: 10, perMs: 10_000 },
  ordinary: { name: 'ordinary', requests: 50, perMs: 1_000 },
  /** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit, per bot token. */
  global: { name: 'global', requests: 50, perMs: 1_000 },
} satisfies Record<string, Limit>;

export interface LimitState {
  limit: Limit;
  isExceeded: boolean;
  remaining: number;
  resetAt: number;
  resetAfterMs: number;
}

const SWEEP_ABOVE = 10_000;

/** Fixed windows that begin with their first request, as Discord's do. */
export class RateLimits {
  readonly #now: () => number;
  readonly #windows = new Map<string, { used: number; resetAt: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one request out of the window of this limit and key (a channel, a token …). */
  take(limit: Limit, key: string): LimitState {
    const now = this.#now();
    const name = `${limit.name} ${key}`;
    let window = this.#windows.get(name);
    if (window === undefined || window.resetAt <= now) {
      window = { used: 0, resetAt: now + limit.perMs };
      this.#sweep(now);
      this.#windows.set(name, window);
    }
    const isExceeded = window.used >= limit.requests;
    if (!isExceeded) window.used += 1;
    return {
      limit,
      isExceeded,
      remaining: limit.requests - window.used,
      resetAt: window.resetAt,
      resetAfterMs: window.resetAt - now,
    };
  }

  #sweep(now: number): void {
    if (this.#windows.size < SWEEP_ABOVE) return;
    for (const [name, window] of this.#windows) if (window.resetAt <= now) this.#windows.delete(name);
  }
}

/** https://discord.com/developers/docs/topics/rate-limits#header-format */
export function limitHeaders(state: LimitState): Record<string, string> {
  const seconds = (ms: number): string => (ms / 1_000).toFixed(3);
  return {
    'X-RateLimit-Limit': String(state.limit.requests),
    'X-RateLimit-Remaining': String(state.remaining),
    'X-RateLimit-Reset': seconds(state.resetAt),
    'X-RateLimit-Reset-After': seconds(state.resetAfterMs),
    'X-RateLimit-Bucket': `bucket-${state.limit.name}`,
  };
}
