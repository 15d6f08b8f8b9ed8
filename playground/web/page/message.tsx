import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { MessageView } from '../news.ts';
import { Attachments } from './attachments.tsx';
import { Avatar } from './avatar.tsx';
import { Embed } from './embed.tsx';
import type { LoosePart } from './loose-part.ts';
import { Markdown } from './markdown.tsx';
import { memo } from './memo.ts';
import { MessageComponents } from './message-components.tsx';
import { MessageMenu } from './message-menu.tsx';
import { act } from './requests.ts';
import { store, useStore } from './store.ts';

const loadingFlag = 1 << 7;
const componentsFlag = 1 << 15;

/** `follows`: its author has just spoken, so the head would only repeat. */
export const Message = memo(function Message({
  message,
  follows,
}: {
  message: MessageView;
  follows: boolean;
}) {
  const { wire, ephemeralFor, cause } = message;
  const [menu, setMenu] = useState<DOMRect>();
  const more = useRef<HTMLButtonElement>(null);
  const userId = useStore(({ userId }) => userId);
  const flags: number = wire.flags ?? 0;
  const isLoading = (flags & loadingFlag) !== 0;
  const isPinged = wire.mentions.some(({ id }) => id === userId);
  const author = wire.author.global_name ?? wire.author.username;
  const inEmbeds = wire.embeds.flatMap(({ thumbnail, image }) => [thumbnail?.url, image?.url]);
  const shown = new Set(
    inEmbeds.map((url) => decodeURIComponent(/[^/?]+(?=$|\?)/.exec(url ?? '')?.[0] ?? '')),
  );
  const at = new Date(wire.timestamp);
  const isBare = follows && cause === null && ephemeralFor === null;
  const parts = (wire.components ?? []) as unknown as LoosePart[];
  // With components instead of words the files are where a component puts them.
  const isComposed = (flags & componentsFlag) !== 0;
  return (
    <article
      class={[
        'message',
        ephemeralFor === null ? '' : 'ephemeral',
        isPinged ? 'pinged' : '',
        isBare ? 'bare' : '',
      ]
        .filter(Boolean)
        .join(' ')}
      aria-label={`${author}, ${at.toLocaleTimeString('en', { timeStyle: 'short' })}`}
      data-id={wire.id}
      onContextMenu={(event) => {
        // A link's own menu, and copying of marked words, stay what they are.
        if ((event.target as Element).closest('a') !== null || getSelection()?.isCollapsed === false) return;
        event.preventDefault();
        const { clientX, clientY } = event;
        const anchor = clientX === 0 && clientY === 0 ? more.current?.getBoundingClientRect() : undefined;
        setMenu(anchor ?? new DOMRect(clientX, clientY, 0, 0));
      }}
    >
      {cause !== null && <Cause userId={cause.userId} what={cause.what} />}
      {!isBare && <Avatar name={author} isBot={wire.author.bot === true} />}
      {!isBare && (
        <header>
          <span class={wire.author.bot === true ? 'author is-bot' : 'author'}>{author}</span>
          {wire.author.bot === true && <span class="badge">APP</span>}
          <time dateTime={wire.timestamp}>{at.toLocaleTimeString('en', { timeStyle: 'short' })}</time>
        </header>
      )}
      <div class="body">
        {isLoading && (
          <p class="thinking" role="status">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {author} is thinking…
          </p>
        )}
        {wire.content !== '' && <Markdown text={wire.content} />}
        {wire.embeds.map((embed) => (
          <Embed embed={embed} files={wire.attachments} />
        ))}
        {!isComposed && <Attachments files={wire.attachments} shown={shown} />}
        {parts.length > 0 && <MessageComponents parts={parts} messageId={wire.id} files={wire.attachments} />}
        {ephemeralFor !== null && !isLoading && (
          <p class="only-you">
            Only you can see this ·{' '}
            <button type="button" onClick={() => void act({ is: 'deletes', messageId: wire.id })}>
              Dismiss message
            </button>
          </p>
        )}
      </div>
      <button
        type="button"
        class="more"
        ref={more}
        aria-label={`What can be done with the message by ${author}`}
        aria-haspopup="menu"
        onClick={() => setMenu(more.current?.getBoundingClientRect())}
      >
        ⋯
      </button>
      {menu !== undefined && (
        <MessageMenu
          message={message}
          at={menu}
          onClose={() => {
            setMenu(undefined);
            more.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </article>
  );
});

function Cause({ userId, what }: { userId: string; what: string }): VNode {
  const name = store.state.people.find(({ id }) => id === userId)?.name ?? 'Somebody';
  const isCommand = what.startsWith('/');
  const [line = ''] = isCommand ? (/^\/[\w-]+(?: [\w-]+(?!\S*:))*/.exec(what) ?? [what]) : [what];
  return (
    <p class="cause" title={what}>
      <Avatar name={name} isBot={false} small />
      <strong>{name}</strong> {isCommand ? 'used' : 'pressed'}{' '}
      <span class="mention">{isCommand ? line : what.replace(/^\[|\]$/g, '')}</span>
    </p>
  );
}
