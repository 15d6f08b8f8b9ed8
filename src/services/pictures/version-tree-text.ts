import { shorten } from '../../domain/limits.ts';
import { isolate } from './isolate.ts';
import { treePicture, type TreeLine } from './tree-picture.ts';
import type { TreeWords, Version } from './version-tree.ts';

/** More lines fit into no message. */
const mostVersions = 200;
const longestTitle = 40;
const longestFact = 30;
/** Of the lines to the left of a version; deeper ones lose their beginning, so that words are still to be seen. */
const widestPrefix = 24;

/**
 * The tree for a code block: what it counts as is `max` UTF-16 units at most, without the fences. What has no room is
 * counted in its place.
 */
export function versionTreeText(versions: readonly Version[], words: TreeWords, max: number): string {
  let best = shorten(textOf(versions, words, 1), max);
  let fits = 1;
  let tooMany = Math.min(versions.length, mostVersions) + 1;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    const text = textOf(versions, words, middle);
    if (text.length <= max) {
      fits = middle;
      best = text;
    } else tooMany = middle;
  }
  return best;
}

function textOf(versions: readonly Version[], words: TreeWords, limit: number): string {
  const below: string[] = [];
  return treePicture(versions, words, limit)
    .lines.map((line) => {
      const { parent, isLast } = line;
      const before = parent === undefined ? '' : (below[parent] ?? '');
      below.push(parent === undefined ? '' : `${before}${isLast ? '   ' : '│  '}`);
      const prefix = parent === undefined ? '' : `${before}${isLast ? '└─ ' : '├─ '}`;
      const seen = prefix.length > widestPrefix ? `…${prefix.slice(1 - widestPrefix)}` : prefix;
      return `${seen}${wordsOf(line, words)}`;
    })
    .join('\n');
}

function wordsOf({ title, facts, isHere }: TreeLine, words: TreeWords): string {
  const told = facts.map((fact) => plain(fact, longestFact)).join(' · ');
  return `${plain(title, longestTitle)}${told === '' ? '' : ` (${told})`}${isHere ? ` ◄ ${plain(words.here, longestTitle)}` : ''}`;
}

/** One line that can neither end the code block nor turn the direction of what follows. */
function plain(text: string, longest: number): string {
  const line = text
    .slice(0, 10 * longest)
    .toWellFormed()
    .replaceAll('`', "'")
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{Cf}--[\u200c\u200d]]/gv, '')
    .trim();
  return isolate(shorten(line, longest));
}
