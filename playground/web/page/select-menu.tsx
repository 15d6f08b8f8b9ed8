import type { VNode } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Named } from '../news.ts';
import type { LoosePart } from './loose-part.ts';
import { OptionList, type ListedOption } from './option-list.tsx';
import { peopleRolesAndChannels } from './people-roles-and-channels.ts';
import { placeBeside } from './place-beside.ts';
import { store } from './store.ts';

interface Props {
  part: LoosePart;
  isDisabled: boolean;
  /** In a modal nothing is sent yet: the choice stays to be seen. */
  isKept?: boolean;
  label?: string;
  onPick: (values: (string | Named)[]) => Promise<void> | void;
}

/** Selects of every kind: of texts, people, roles, channels; of one or of several. */
export function SelectMenu({ part, isDisabled, isKept = false, label, onPick }: Props): VNode {
  const options = optionsOf(part);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [picked, setPicked] = useState<readonly string[]>(() => defaultsOf(part));
  const [isBusy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const most = Math.min(part.max_values ?? 1, options.length);
  const least = part.min_values ?? 1;
  const isSingle = (part.max_values ?? 1) === 1;

  // Before the next key can arrive: it is meant for the list.
  useLayoutEffect(() => {
    const box = list.current;
    if (!isOpen || box === null || button.current === null) return;
    box.showPopover();
    placeBeside(box, button.current);
    box.focus();
  }, [isOpen]);

  const send = async (values: readonly string[]): Promise<void> => {
    const named = values.flatMap((value) => {
      const option = options.find((one) => one.value === value);
      return option === undefined ? [] : [option.named ?? option.value];
    });
    setBusy(true);
    await onPick(named);
    setBusy(false);
    if (!isKept) setPicked(defaultsOf(part));
  };
  const hide = (): void => list.current?.hidePopover();
  /** However it was closed: by a choice, a key, or a press anywhere else. */
  const closed = (): void => {
    setOpen(false);
    button.current?.focus();
    if (!isSingle && !isKept && picked.length >= least) void send(picked);
  };
  const choose = (option: ListedOption): void => {
    if (isSingle) {
      setPicked([option.value]);
      hide();
      void send([option.value]);
      return;
    }
    const isIn = picked.includes(option.value);
    if (!isIn && picked.length >= most) return;
    const next = isIn ? picked.filter((value) => value !== option.value) : [...picked, option.value];
    setPicked(next);
    if (isKept) void send(next);
  };
  const shown = options.filter(({ value }) => picked.includes(value)).map(({ name }) => name);
  const words = shown.length > 0 ? shown.join(', ') : (part.placeholder ?? 'Choose…');
  return (
    <div class="select">
      <button
        type="button"
        class="select-button"
        ref={button}
        disabled={isDisabled || isBusy}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-busy={isBusy}
        aria-label={`${label ?? part.placeholder ?? 'Choose'}${shown.length > 0 ? `: ${shown.join(', ')}` : ''}`}
        onClick={() => {
          setActive(
            Math.max(
              0,
              options.findIndex(({ value }) => picked.includes(value)),
            ),
          );
          setOpen(true);
        }}
      >
        <span class={shown.length > 0 ? '' : 'soft'}>{words}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div
          class="list-box"
          popover="auto"
          role="listbox"
          tabIndex={0}
          ref={list}
          aria-label={label ?? part.placeholder ?? 'Choose'}
          aria-multiselectable={!isSingle}
          aria-activedescendant={`${id}-${active}`}
          onToggle={(event) => {
            if ((event as unknown as ToggleEvent).newState === 'closed') closed();
          }}
          onKeyDown={(event) => {
            const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -1_000, End: 1_000 };
            const move = moves[event.key];
            if (move !== undefined) {
              event.preventDefault();
              setActive(Math.min(options.length - 1, Math.max(0, active + move)));
            } else if (event.key === 'Enter' || event.key === ' ') {
              event.preventDefault();
              const option = options[active];
              if (option !== undefined) choose(option);
              if (event.key === 'Enter' && !isSingle) hide();
            } else if (event.key === 'Tab' || event.key === 'Escape') {
              event.preventDefault();
              event.stopPropagation();
              hide();
            }
          }}
        >
          <OptionList id={id} options={options} active={active} picked={picked} onChoose={choose} />
          {!isSingle && (
            <button type="button" class="list-done" tabIndex={-1} onClick={hide}>
              Done ({picked.length} of at most {most})
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function optionsOf(part: LoosePart): (ListedOption & { named?: Named })[] {
  if (part.type === 3)
    return (part.options ?? []).map(({ label, value, description, emoji }) => ({
      name: `${emoji?.name ?? ''} ${label}`.trim(),
      value,
      description: description ?? '',
    }));
  return peopleRolesAndChannels(store.state, part.type);
}

function defaultsOf(part: LoosePart): string[] {
  const named = (part.default_values ?? []).map(({ id }) => id);
  return [
    ...(part.options ?? []).filter((option) => option.default === true).map(({ value }) => value),
    ...named,
  ];
}
