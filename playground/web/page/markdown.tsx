import { memo } from './memo.ts';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { markdownTree, type Block, type Inline } from './markdown-tree.ts';
import { store } from './store.ts';
import { Timestamp } from './timestamp.tsx';

/** What people and bots write, as Discord shows it. Text becomes text nodes: nothing in it can become markup. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return <div class="markdown">{markdownTree(text).map(drawBlock)}</div>;
});

function drawBlock(block: Block): VNode {
  switch (block.is) {
    case 'text':
      return <p>{drawAll(block.inside)}</p>;
    case 'subtext':
      return <p class="subtext">{drawAll(block.inside)}</p>;
    case 'heading':
      // Not a heading of the page: a message's own.
      return <p class={`title title-${block.level}`}>{drawAll(block.inside)}</p>;
    case 'quote':
      return <blockquote>{block.inside.map(drawBlock)}</blockquote>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li>{drawAll(item)}</li>
          ))}
        </ul>
      );
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
  }
}

const drawAll = (inlines: Inline[]): (VNode | string)[] => inlines.map(drawInline);

function drawInline(inline: Inline): VNode | string {
  if (typeof inline === 'string') return inline;
  switch (inline.is) {
    case 'strong':
      return <strong>{drawAll(inline.inside)}</strong>;
    case 'em':
      return <em>{drawAll(inline.inside)}</em>;
    case 'under':
      return <u>{drawAll(inline.inside)}</u>;
    case 'strike':
      return <s>{drawAll(inline.inside)}</s>;
    case 'spoiler':
      return <Spoiler>{drawAll(inline.inside)}</Spoiler>;
    case 'code':
      return <code class={/^[▰▱]+$/.test(inline.text) ? 'meter' : ''}>{inline.text}</code>;
    case 'link':
      return (
        <a href={inline.url} target="_blank" rel="noopener noreferrer nofollow">
          {drawAll(inline.inside)}
        </a>
      );
    case 'time':
      return <Timestamp seconds={inline.seconds} style={inline.style} />;
    case 'mention':
      return <span class="mention">{nameOf(inline)}</span>;
  }
}

function Spoiler({ children }: { children: (VNode | string)[] }): VNode {
  const [isOpen, open] = useState(false);
  if (isOpen) return <span class="spoiler open">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label="Spoiler: show it" onClick={() => open(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}

function nameOf({ kind, id, name }: Extract<Inline, { is: 'mention' }>): string {
  const { people, places, bot } = store.state;
  const named = (list: readonly { id: string; name: string }[]): string | undefined =>
    list.find((one) => one.id === id)?.name;
  switch (kind) {
    case 'user':
      return `@${named([...people, bot]) ?? 'somebody'}`;
    case 'role':
      return `@${named(places.guilds.flatMap(({ roles }) => roles)) ?? 'a role'}`;
    case 'channel':
      return `#${named(places.channels) ?? 'a channel'}`;
    case 'command':
      return `/${name}`;
  }
}
