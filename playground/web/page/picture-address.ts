import type { APIAttachment } from 'discord-api-types/v10';

/** Where a picture of a message really is; undefined where it is nowhere that a page may look. */
export function pictureAddress(url: string | undefined, files: readonly APIAttachment[]): string | undefined {
  if (url === undefined) return undefined;
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name !== undefined) return files.find(({ filename }) => filename === name)?.url;
  return /^https?:\/\//.test(url) ? url : undefined;
}
