import { drawPicture } from './easel.ts';
import { treePicture } from './tree-picture.ts';
import type { TreeWords, Version } from './version-tree.ts';

/** A picture of more is too high to be looked at. */
const most = 60;

/**
 * PNG, 1080 pixels wide up to a dozen versions, 900 beyond, and as high as it has lines: the versions of a song, each with
 * its art, title, and what was done by whom and when. Of more than 60 the rest is counted. Any rows will do, see `Version`.
 */
export function drawVersionTree(versions: readonly Version[], words: TreeWords): Promise<Buffer> {
  return drawPicture({ draw: 'version-tree', tree: treePicture(versions, words, most) });
}
