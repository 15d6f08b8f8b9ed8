/** First millisecond of 2015: https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH = 1_420_070_400_000n;
const INCREMENTS = 4_096n;

/**
 * Makes ids as Discord does: the time in the upper bits, so that they sort by age and have 17 to 19 digits.
 * (Clients rely on that: discord.js's rate-limit buckets parse `\d{17,19}`.)
 */
export class Snowflakes {
  readonly #now: () => number;
  #ms = 0n;
  #increment = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    const ms = BigInt(Math.floor(this.#now())) - DISCORD_EPOCH;
    if (ms > this.#ms) this.#restart(ms);
    else if (++this.#increment === INCREMENTS) this.#restart(this.#ms + 1n);
    return ((this.#ms << 22n) | (1n << 17n) | this.#increment).toString();
  }

  /** For guilds: a millisecond of its own, so that guilds made in one go spread over shards. */
  nextAlone(): string {
    this.next();
    this.#restart(this.#ms + 1n);
    return this.next();
  }

  #restart(ms: bigint): void {
    this.#ms = ms;
    this.#increment = 0n;
  }
}

/** The shard that hears of a guild; what has no guild goes to shard 0. */
export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
