/** Discord's markdown as a tree; pure. Whatever isn't markdown stays the text that it is. */
export type Inline =
  | string
  | { is: 'strong' | 'em' | 'under' | 'strike' | 'spoiler'; inside: Inline[] }
  | { is: 'code'; text: string }
  | { is: 'link'; url: string; inside: Inline[] }
  | { is: 'time'; seconds: number; style: string }
  | { is: 'mention'; kind: 'user' | 'role' | 'channel' | 'command'; id: string; name: string };

export type Block =
  | { is: 'text' | 'subtext'; inside: Inline[] }
  | { is: 'heading'; level: number; inside: Inline[] }
  | { is: 'quote'; inside: Block[] }
  | { is: 'list'; items: Inline[][] }
  | { is: 'code'; text: string };

/** Deeper than anybody writes; a hostile text must not exhaust the stack. */
const deepest = 8;

export function markdownTree(source: string, depth = 0): Block[] {
  const blocks: Block[] = [];
  const fence = /```(?:[\w+-]*\n)?([\s\S]*?)```/g;
  let last = 0;
  for (const match of source.matchAll(fence)) {
    blocks.push(...lineBlocks(source.slice(last, match.index), depth));
    blocks.push({ is: 'code', text: match[1]?.replace(/\n$/, '') ?? '' });
    last = match.index + match[0].length;
  }
  blocks.push(...lineBlocks(source.slice(last), depth));
  return blocks;
}

function lineBlocks(source: string, depth: number): Block[] {
  const blocks: Block[] = [];
  const lines = source.replace(/^\n|\n$/g, '').split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  let text: string[] = [];
  const flush = (): void => {
    if (text.length > 0) blocks.push({ is: 'text', inside: inlines(text.join('\n')) });
    text = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,3}) +(.+)$/.exec(line);
    const item = /^ *[-*] +(.+)$/.exec(line);
    if (heading !== null) {
      flush();
      blocks.push({ is: 'heading', level: heading[1]?.length ?? 1, inside: inlines(heading[2] ?? '') });
    } else if (line.startsWith('-# ')) {
      flush();
      blocks.push({ is: 'subtext', inside: inlines(line.slice(3)) });
    } else if (depth < deepest && line.startsWith('>>> ')) {
      flush();
      const rest = [line.slice(4), ...lines.slice(at + 1)].join('\n');
      blocks.push({ is: 'quote', inside: markdownTree(rest, depth + 1) });
      return blocks;
    } else if (depth < deepest && /^> ?/.test(line) && (line.startsWith('> ') || line === '>')) {
      flush();
      const quoted: string[] = [];
      while (at < lines.length && /^>( |$)/.test(lines[at] ?? '')) {
        quoted.push((lines[at] ?? '').replace(/^> ?/, ''));
        at += 1;
      }
      at -= 1;
      blocks.push({ is: 'quote', inside: markdownTree(quoted.join('\n'), depth + 1) });
    } else if (item !== null) {
      flush();
      const before = blocks.at(-1);
      const entry = inlines(item[1] ?? '');
      if (before?.is === 'list') before.items.push(entry);
      else blocks.push({ is: 'list', items: [entry] });
    } else text.push(line);
  }
  flush();
  return blocks;
}

type Rule = [pattern: RegExp, make: (match: RegExpExecArray, depth: number) => Inline];

const around =
  (is: 'strong' | 'em' | 'under' | 'strike' | 'spoiler'): Rule[1] =>
  (match, depth) => ({ is, inside: inlines(match[1] ?? '', depth + 1) });

const link = (url: string, inside: Inline[]): Inline => ({ is: 'link', url, inside });
const mention = (kind: 'user' | 'role' | 'channel'): Rule[1] => {
  return (match) => ({ is: 'mention', kind, id: match[1] ?? '', name: '' });
};

/** In the order in which they are tried at each place. */
const rules: Rule[] = [
  [/^\\([^\sA-Za-z0-9])/, (match) => match[1] ?? ''],
  [/^``([^`]+)``/, (match) => ({ is: 'code', text: (match[1] ?? '').trim() })],
  [/^`([^`\n]+)`/, (match) => ({ is: 'code', text: match[1] ?? '' })],
  [
    /^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/,
    (match) => ({ is: 'time', seconds: Number(match[1]), style: match[2] ?? 'f' }),
  ],
  [/^<@!?(\d{15,21})>/, mention('user')],
  [/^<@&(\d{15,21})>/, mention('role')],
  [/^<#(\d{15,21})>/, mention('channel')],
  [
    /^<\/([^:>\n]{1,100}):(\d{15,21})>/,
    (match) => ({ is: 'mention', kind: 'command', id: match[2] ?? '', name: match[1] ?? '' }),
  ],
  [/^<a?:(\w{2,32}):\d{15,21}>/, (match) => `:${match[1]}:`],
  [
    /^\[((?:[^[\]\\]|\\.)+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/,
    (match, depth) => link(match[2] ?? '', inlines(match[1] ?? '', depth + 1)),
  ],
  [/^<(https?:\/\/[^\s>]+)>/, (match) => link(match[1] ?? '', [match[1] ?? ''])],
  [/^(https?:\/\/[^\s<>]*[^\s<>.,:;"'\])*_~|])/, (match) => link(match[1] ?? '', [match[1] ?? ''])],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, around('strong')],
  [/^__([\s\S]+?)__(?!_)/, around('under')],
  [/^~~([\s\S]+?)~~/, around('strike')],
  [/^\|\|([\s\S]+?)\|\|/, around('spoiler')],
  [/^\*(?=\S)((?:\*\*|[^*])+?)\*(?!\*)/, around('em')],
  [/^_((?:__|[^_])+?)_(?![\w_])/, around('em')],
];

/** Characters at which something may begin; all others are text. */
const mayBegin = /[\\`<[*_~|h]/;

function inlines(source: string, depth = 0): Inline[] {
  if (depth > deepest) return [source];
  const found: Inline[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const character = source[at] ?? '';
    // A rule is only asked where it can fit, and "h" only at the beginning of a word.
    const isStart = mayBegin.test(character) && (!/[h_]/.test(character) || !/\w/.test(source[at - 1] ?? ''));
    const hit = isStart ? match(source.slice(at, at + 6_000), depth) : undefined;
    if (hit === undefined) {
      text += character;
      at += 1;
      continue;
    }
    if (text !== '') found.push(text);
    text = '';
    found.push(hit.inline);
    at += hit.length;
  }
  if (text !== '') found.push(text);
  return found;
}

function match(rest: string, depth: number): { inline: Inline; length: number } | undefined {
  for (const [pattern, make] of rules) {
    const hit = pattern.exec(rest);
    if (hit !== null) return { inline: make(hit, depth), length: hit[0].length };
  }
  return undefined;
}
