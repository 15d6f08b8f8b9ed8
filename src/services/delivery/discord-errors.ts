import { DiscordAPIError } from 'discord.js';

/** Discord's answers that end a road for good: the card or the token is gone, or we may not go there. */
const closedRoad = new Set<number | string>([
  10003, // unknown channel
  10004, // unknown guild
  10008, // unknown message
  10015, // unknown webhook: what a token becomes
  50001, // missing access
  50007, // the member takes no direct messages
  50013, // missing permissions
  50027, // invalid webhook token
]);

export function isClosedRoad(error: unknown): boolean {
  return error instanceof DiscordAPIError && closedRoad.has(error.code);
}

/** What was meant is not there any more: the message, or its channel or server with it. */
export function isUnknown(error: unknown): boolean {
  return error instanceof DiscordAPIError && [10_003, 10_004, 10_008].includes(Number(error.code));
}

/** 413 from the edge, 40005 from the API: the announced limit was too high. */
export function isTooLarge(error: unknown): boolean {
  return (
    error instanceof Error && (Reflect.get(error, 'status') === 413 || Reflect.get(error, 'code') === 40_005)
  );
}

/**
 * Discord has read the request and says no: the same request will be refused again. A 4xx without a code of its own is
 * no such word: that is how a passing 401 and the network in front of Discord speak.
 */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || error.status < 400 || error.status >= 500) return false;
  return isTooLarge(error) || (error.status !== 429 && Number(error.code) > 0);
}
