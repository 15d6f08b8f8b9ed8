import type { Words } from '../text/en.ts';
import type { Delivered } from './goods.ts';

/** A sentence for everything that isn't attached as it was made, with its address. */
export function linkLines(items: readonly Delivered[], words: Words): string[] {
  return items.flatMap((item, index) => {
    const { name, url, road, clip } = item;
    if (road === 'attached' || url === null) return [];
    const called = items.length > 1 && clip !== undefined ? `${name} (${words.card.take(index + 1)})` : name;
    const say = {
      smaller: words.results.smaller,
      'too-large': words.card.linkInstead,
      unfetched: words.card.linkUnfetched,
    };
    return [say[road](called, inMarkdown(url))];
  });
}

/** A bracket would end the link early. */
function inMarkdown(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}
