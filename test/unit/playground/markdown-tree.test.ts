import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownTree, type Block, type Inline } from '../../../playground/web/page/markdown-tree.ts';

describe('what is written is shown', () => {
  it.each<[string, unknown]>([
    ['a **b** c', ['a ', { is: 'strong', inside: ['b'] }, ' c']],
    ['*a* _b_', [{ is: 'em', inside: ['a'] }, ' ', { is: 'em', inside: ['b'] }]],
    ['snake_case_name', ['snake_case_name']],
    ['`**no**`', [{ is: 'code', text: '**no**' }]],
    ['\\*no\\*', ['*', 'no', '*']],
    ['<t:17:R>', [{ is: 'time', seconds: 17, style: 'R' }]],
    ['[a](https://b.c/d)', [{ is: 'link', url: 'https://b.c/d', inside: ['a'] }]],
    ['[a](javascript:b)', ['[a](javascript:b)']],
    ['see https://a.b/c.', ['see ', { is: 'link', url: 'https://a.b/c', inside: ['https://a.b/c'] }, '.']],
  ])('%s', (text, inside) => {
    const joined = (inlines: readonly Inline[]): Inline[] =>
      inlines.reduce<Inline[]>((all, one) => {
        const before = all.at(-1);
        return typeof one === 'string' && typeof before === 'string'
          ? [...all.slice(0, -1), before + one]
          : [...all, one];
      }, []);
    const [block] = markdownTree(text);
    expect(block?.is === 'text' && joined(block.inside)).toEqual(joined(inside as Inline[]));
  });

  it('quotes, headings, lists and code are blocks', () => {
    const blocks = markdownTree('# A\n> b\n> c\n- d\n- e\n-# f\n```js\ng\n```');
    expect(blocks.map(({ is }) => is)).toEqual(['heading', 'quote', 'list', 'subtext', 'code']);
  });

  it('never fails and never loses a letter, whatever is written', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '**',
          '*',
          '__',
          '_',
          '~~',
          '||',
          '`',
          '```',
          '> ',
          '>>> ',
          '- ',
          '# ',
          '\n',
          '\\',
          '<t:1:R>',
          '[a](https://b)',
          '<@123456789012345678>',
        ),
        fc.string(),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const shown = markdownTree(text).map(wordsOf).join('');
        const letters = (all: string): string => all.replaceAll(/[^\p{L}]/gu, '');
        // What a fence's first line, a time, a link or a mention is made of is not shown as it is.
        const plain = text.replaceAll(/```[\w+-]*\n|<t:1:R>|https?:\S*|<[^>]*>/g, '');
        for (const letter of new Set(letters(plain).replaceAll(/[ahtpsRt]/g, '')))
          expect(shown).toContain(letter);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is quick with what is made to be slow', () => {
    const started = performance.now();
    for (const evil of ['*', '_', '[', '>', '> ', '||', '`', '**a', '<', 'h'])
      markdownTree(evil.repeat(6_000 / evil.length));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

function wordsOf(block: Block): string {
  switch (block.is) {
    case 'code':
      return block.text;
    case 'quote':
      return block.inside.map(wordsOf).join('');
    case 'list':
      return block.items.flat().map(inlineWords).join('');
    default:
      return block.inside.map(inlineWords).join('');
  }
}

function inlineWords(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  if ('inside' in inline)
    return inline.inside.map(inlineWords).join('') + ('url' in inline ? inline.url : '');
  if (inline.is === 'code') return inline.text;
  return inline.is === 'mention' ? inline.name : '';
}
