import { fitText } from './fit-text.ts';
import type { Font, Ruler } from './scene.ts';

/** Finds words also where a script puts no spaces between them: Chinese, Japanese, Thai. */
const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text in at most `lines` lines; what doesn't fit into the last one is cut there. Text must be printable.
 * No text has no lines.
 */
export function wrapText(ruler: Ruler, text: string, font: Font, within: number, lines: number): string[] {
  const wrapped: string[] = [];
  let rest = text.trim();
  while (rest !== '' && wrapped.length < lines - 1 && ruler.width(rest, font) > within) {
    const line = firstLine(ruler, rest, font, within);
    if (line === '') break;
    wrapped.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  const last = fitText(ruler, rest, font, within);
  return last === '' ? wrapped : [...wrapped, last];
}

/** As many words as fit, else as many characters of the first word. */
function firstLine(ruler: Ruler, text: string, font: Font, within: number): string {
  return asManyAs(fits, pieces(text)) || asManyAs(fits, characters(text));

  function fits(line: string): boolean {
    return ruler.width(line.trimEnd(), font) <= within;
  }
}

function asManyAs(fits: (line: string) => boolean, parts: readonly string[]): string {
  let line = '';
  for (const part of parts) {
    if (!fits(line + part)) break;
    line += part;
  }
  return line;
}

const characters = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** What a line may end after: words with what closes them, and with what opens them. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let opening = '';
  for (const { segment } of words.segment(text)) {
    if (/^[\p{Ps}\p{Pi}]$/u.test(segment)) opening += segment;
    else if (/^(?:\p{P}|\p{Z})/u.test(segment) && opening === '' && found.length > 0)
      found.push(`${found.pop() ?? ''}${segment}`);
    else {
      found.push(opening + segment);
      opening = '';
    }
  }
  return opening === '' ? found : [...found, opening];
}
