/**
 * What a button carries: `<version>.<name>.<id>`, ids only, no state; but the buttons that turn a list's pages carry
 * which page of what. Ids that come back are a stranger's input: decoding says whether it is one of ours, one that has
 * retired, or nonsense.
 */
import { songDeedNames, type SongDeedName } from './deeds.ts';
import { jobIdPattern } from './ids.ts';
import { decodeShelf, encodeShelf, type Shelf } from './shelf.ts';

const version = '1';
const pageName = 'page';

/** Buttons, selects and forms that are no deed, or do one in a way of their own. */
const ownNames = [
  'again',
  'lyrics',
  'delete',
  'cancel',
  'confirm',
  'confirm-private',
  'favourite',
  'more',
  'edit',
  'sing',
  'use',
  'erase',
  'show',
  'versions',
  'remove',
] as const;
export type ButtonName = (typeof ownNames)[number] | SongDeedName;
export const buttonNames: readonly ButtonName[] = [...ownNames, ...songDeedNames];

export type DecodedId =
  /** `id` is a job's, a track's, or that of an order that waits for its member's yes. */
  | { is: 'ours'; name: ButtonName; id: string }
  | { is: 'page'; shelf: Shelf; page: number }
  /** Well-formed, but of another version or a name that no longer exists. */
  | { is: 'old' }
  | { is: 'foreign' };

export function encodeCustomId(name: ButtonName, id: string): string {
  if (!jobIdPattern.test(id)) throw new TypeError('a custom id carries an id of ours and nothing else');
  return `${version}.${name}.${id}`;
}

/** `page`: from 1; 0 where a button leads nowhere. */
export function encodePageId(shelf: Shelf, page: number): string {
  return `${version}.${pageName}.${encodeShelf(shelf, page)}`;
}

export function decodeCustomId(customId: string): DecodedId {
  if (customId.startsWith(`${version}.${pageName}.`)) {
    const found = decodeShelf(customId.slice(version.length + pageName.length + 2));
    return found === undefined ? { is: 'foreign' } : { is: 'page', ...found };
  }
  const match = /^(\d{1,3})\.([a-z-]{1,32})\.([a-z0-9]{1,32})$/.exec(customId);
  if (match === null) return { is: 'foreign' };
  const [, seenVersion, seenName, id = ''] = match;
  const name = buttonNames.find((known) => known === seenName);
  if (seenVersion !== version || name === undefined) return { is: 'old' };
  return jobIdPattern.test(id) ? { is: 'ours', name, id } : { is: 'foreign' };
}
