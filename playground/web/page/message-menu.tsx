import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CommandView, MessageView } from '../news.ts';
import { placeBeside } from './place-beside.ts';
import { act, commandsHere } from './requests.ts';
import { store } from './store.ts';

interface Entry {
  words: string;
  isApp?: boolean;
  isDanger?: boolean;
  choose: () => void;
}

/** What a right click on a message offers: the bot's own entries first. */
export function MessageMenu({
  message,
  at,
  onClose,
}: {
  message: MessageView;
  at: DOMRect;
  onClose: () => void;
}): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [commands, setCommands] = useState<CommandView[]>([]);
  const { userId, channelId, people } = store.state;
  const { wire, ephemeralFor } = message;

  useEffect(() => {
    commandsHere(userId, channelId).then(
      (all) => setCommands(all.filter(({ kind }) => kind === 'message')),
      () => undefined,
    );
  }, []);
  useEffect(() => {
    if (box.current === null) return;
    if (!box.current.matches(':popover-open')) box.current.showPopover();
    placeBeside(box.current, at);
    if (!box.current.contains(document.activeElement)) box.current.querySelector('button')?.focus();
  }, [at, commands]);

  const words = [
    wire.content,
    ...wire.embeds.map(({ title, description }) => `${title ?? ''}\n${description ?? ''}`),
  ]
    .join('\n')
    .trim();
  const mayDelete =
    wire.author.id === userId ||
    ephemeralFor === userId ||
    people.some(({ id, isAdmin }) => id === userId && isAdmin);
  const entries: Entry[] = [
    // An ephemeral message is nobody's but the bot's: Discord offers no apps on it.
    ...(ephemeralFor === null ? commands : []).map(({ line }) => ({
      words: line,
      isApp: true,
      choose: () => void act({ is: 'uses', menu: line, messageId: wire.id }),
    })),
    { words: 'Copy text', choose: () => void navigator.clipboard.writeText(words).catch(() => undefined) },
    ...(mayDelete
      ? [
          {
            words: ephemeralFor === null ? 'Delete message' : 'Dismiss message',
            isDanger: true,
            choose: () => void act({ is: 'deletes', messageId: wire.id }),
          },
        ]
      : []),
  ];
  const focusNext = (step: number): void => {
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons.at((now + step) % buttons.length)?.focus();
  };
  return (
    <div
      class="menu"
      popover="auto"
      role="menu"
      aria-label="Message"
      ref={box}
      onToggle={(event) => {
        if ((event as unknown as ToggleEvent).newState === 'closed') onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') focusNext(1);
        else if (event.key === 'ArrowUp') focusNext(-1);
        else if (event.key === 'Tab') box.current?.hidePopover();
        else return;
        event.preventDefault();
      }}
    >
      {entries.map(({ words, isApp, isDanger, choose }) => (
        <button
          type="button"
          role="menuitem"
          class={isDanger === true ? 'danger' : ''}
          onClick={() => {
            box.current?.hidePopover();
            choose();
          }}
        >
          {isApp === true && <img src="/page/mark.svg" alt="" />}
          {words}
        </button>
      ))}
    </div>
  );
}
