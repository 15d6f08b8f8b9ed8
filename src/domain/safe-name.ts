import { shorten } from './limits.ts';

/** Letters and digits of any script, blanks and a few marks; never a path, a hidden file or a device name. */
export function safeName(title: string): string {
  const name = title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N} _'()-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const short = shorten(name, 60).replace(/…$/, '').trim();
  const device = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short);
  return short === '' || device ? `song ${short}`.trim() : short;
}
