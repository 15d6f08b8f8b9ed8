import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MessageView } from '../news.ts';
import { Message } from './message.tsx';
import { store, useStore } from './store.ts';
import { Welcome } from './welcome.tsx';

/** Drawn at first, and with each step back. */
const step = 80;
const nearMs = 5 * 60_000;
const nobody: readonly MessageView[] = [];

/** The open channel, newest at the bottom, where it stays unless somebody has scrolled up. */
export function Timeline(): VNode {
  const channelId = useStore((state) => state.channelId);
  const userId = useStore((state) => state.userId);
  const all = useStore((state) => state.messages.get(state.channelId)) ?? nobody;
  const notes = useStore((state) => state.notes);
  const isOpen = useStore((state) => state.isOpen);
  const [drawn, setDrawn] = useState(step);
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLButtonElement>(null);
  const isAtEnd = useRef(true);

  const seen = all.filter(({ ephemeralFor }) => ephemeralFor === null || ephemeralFor === userId);
  const newest = seen.slice(-drawn);
  const here = notes.filter((note) => note.channelId === channelId && note.userId === userId);

  useLayoutEffect(() => {
    setDrawn(step);
    isAtEnd.current = true;
  }, [channelId, userId]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  useEffect(() => {
    // Pictures and waveforms grow a message after it was drawn.
    const element = box.current;
    const inner = element?.firstElementChild;
    if (element === null || inner === null || inner === undefined) return undefined;
    const grown = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    grown.observe(inner);
    grown.observe(element);
    return () => grown.disconnect();
  }, []);
  useEffect(() => {
    const button = top.current;
    if (button === null) return undefined;
    const reached = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true && !isAtEnd.current) showEarlier();
    });
    reached.observe(button);
    return () => reached.disconnect();
  }, [newest.length < seen.length]);

  const showEarlier = (): void => {
    const element = box.current;
    const before = element?.scrollHeight ?? 0;
    setDrawn((count) => count + step);
    requestAnimationFrame(() => {
      if (element !== null) element.scrollTop += element.scrollHeight - before;
    });
  };
  return (
    <div
      class="timeline"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label="Messages"
      onScroll={({ currentTarget }) => {
        const left = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight;
        isAtEnd.current = left < 60;
      }}
    >
      <div class="messages">
        {newest.length < seen.length ? (
          <button type="button" class="earlier" ref={top} onClick={showEarlier}>
            Show earlier messages
          </button>
        ) : (
          isOpen && <Welcome isEmpty={seen.length === 0} />
        )}
        {newest.map((message, index) => (
          <Message key={message.wire.id} message={message} follows={isNear(newest[index - 1], message)} />
        ))}
        {here.map((note) => (
          <p class="note" role="alert" key={note.id}>
            <span>{note.text}</span>
            <button
              type="button"
              onClick={() => {
                store.set({ notes: store.state.notes.filter((other) => other !== note) });
              }}
            >
              Dismiss
            </button>
          </p>
        ))}
      </div>
    </div>
  );
}

function isNear(before: MessageView | undefined, after: MessageView): boolean {
  return (
    before !== undefined &&
    before.wire.author.id === after.wire.author.id &&
    before.ephemeralFor === after.ephemeralFor &&
    Date.parse(after.wire.timestamp) - Date.parse(before.wire.timestamp) < nearMs
  );
}
