import type { Platform } from './platform.ts';

export type Route =
  | { is: 'submit'; platform: Platform; action: string }
  | { is: 'fetch'; platform: Platform; taskId: string }
  | { is: 'batch'; platform: Platform };

const pattern = /^\/(producer|suno)\/(?:submit\/([^/]+)|fetch(?:\/([^/]+))?)$/;

/**
 * Undefined for any wrong path or method. Every curl in the documentation doubles the first slash; stock gin doesn't
 * match that, but a proxy in front may merge slashes.
 */
export function parseRoute(method: string, path: string, mergeSlashes: boolean): Route | undefined {
  const match = pattern.exec(mergeSlashes ? path.replace(/^\/\/+/, '/') : path);
  if (match === null) return undefined;
  const platform = match[1] === 'suno' ? 'suno' : 'producer';
  const [, , action, taskId] = match;
  // Actions are upper-cased by the gateway; ids keep their case.
  if (action !== undefined) {
    return method === 'POST' ? { is: 'submit', platform, action: action.toUpperCase() } : undefined;
  }
  if (taskId !== undefined) return method === 'GET' ? { is: 'fetch', platform, taskId } : undefined;
  return method === 'POST' ? { is: 'batch', platform } : undefined;
}
