import { plantTree } from './plant-tree.ts';
import type { TreeWords, Version } from './version-tree.ts';

/** A tree as the drawing thread wants it: lines from top to bottom, all words ready. */
export interface TreePicture {
  lines: TreeLine[];
  /** The mark of the version that the tree was asked for. */
  here: string;
}

export interface TreeLine {
  /** Index of the line that it hangs from. */
  parent: number | undefined;
  /** The last that hangs from its parent. */
  isLast: boolean;
  title: string;
  /** What, who and when, as far as known; none on a line that counts what is left out. */
  facts: string[];
  /** Its art; undefined on a line that counts what is left out. */
  art: { seed: string; style: string } | undefined;
  isHere: boolean;
}

export function treePicture(versions: readonly Version[], words: TreeWords, limit: number): TreePicture {
  const lines = plantTree(versions, limit).map(({ version, hidden, parent, isLast }): TreeLine => {
    if (version === undefined)
      return { parent, isLast, title: words.more(hidden), facts: [], art: undefined, isHere: false };
    return {
      parent,
      isLast,
      title: version.title.trim() === '' ? words.untitled : version.title,
      facts: [version.what, version.by, Number.isFinite(version.at) ? words.when(version.at) : ''].filter(
        (fact) => fact !== '',
      ),
      art: { seed: version.id, style: version.style ?? '' },
      isHere: version.isHere,
    };
  });
  return { lines, here: words.here };
}
