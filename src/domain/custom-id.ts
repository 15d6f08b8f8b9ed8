/**
 * What a button carries: `<version>.<name>.<id>`, ids only, no state. Ids that come back are a stranger's input:
 * decoding says whether it is one of ours, one that has retired, or nonsense.
 */
import { jobIdPattern } from './ids.ts';

const version = '1';

export const buttonNames = ['again', 'lyrics', 'delete', 'cancel'] as const;
export type ButtonName = (typeof buttonNames)[number];

export type DecodedId =
  | { is: 'ours'; name: ButtonName; jobId: string }
  /** Well-formed, but of another version or a name that no longer exists. */
  | { is: 'old' }
  | { is: 'foreign' };

export function encodeCustomId(name: ButtonName, jobId: string): string {
  if (!jobIdPattern.test(jobId)) throw new TypeError('a custom id carries a job id and nothing else');
  return `${version}.${name}.${jobId}`;
}

export function decodeCustomId(customId: string): DecodedId {
  const match = /^(\d{1,3})\.([a-z-]{1,32})\.([a-z0-9]{1,32})$/.exec(customId);
  if (match === null) return { is: 'foreign' };
  const [, seenVersion, seenName, jobId = ''] = match;
  const name = buttonNames.find((known) => known === seenName);
  if (seenVersion !== version || name === undefined) return { is: 'old' };
  return jobIdPattern.test(jobId) ? { is: 'ours', name, jobId } : { is: 'foreign' };
}
