import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Choice, OptionInput, OptionView } from '../news.ts';
import { OptionList, type ListedOption } from './option-list.tsx';
import { peopleRolesAndChannels } from './people-roles-and-channels.ts';
import { placeBeside } from './place-beside.ts';
import { optionType } from './read-option.ts';
import { suggestions } from './requests.ts';
import { store } from './store.ts';

export interface FieldState {
  /** What stands in the field. */
  text: string;
  /** What was chosen from a list; its name is the text. */
  value?: OptionInput;
  file?: File;
}

interface Props {
  option: OptionView;
  state: FieldState;
  line: string;
  others: () => Record<string, OptionInput>;
  onChange: (state: FieldState) => void;
  onFocus: () => void;
  /** Backspace where nothing is left. */
  onEmptied: () => void;
}

type Entry = ListedOption & { chosen: OptionInput };

/** What the select component of the same kind is called: 5 user, 6 role, 7 mentionable, 8 channel. */
const selectKinds: Record<number, number> = {
  [optionType.user]: 5,
  [optionType.role]: 6,
  [optionType.mentionable]: 7,
  [optionType.channel]: 8,
};
const typingPauseMs = 120;

export function OptionField({ option, state, line, others, ...on }: Props): VNode {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [offered, setOffered] = useState<Choice[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!option.autocomplete || !isOpen || state.value !== undefined) return undefined;
    let isStale = false;
    const timer = setTimeout(() => {
      const deed = { is: 'types', line, option: option.name, text: state.text, options: others() } as const;
      suggestions(deed).then(
        (choices) => isStale || setOffered(choices),
        () => undefined,
      );
    }, typingPauseMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [state.text, isOpen]);

  const entries = isOpen ? entriesOf(option, state, offered) : [];
  const isShown = entries.length > 0;
  useEffect(() => {
    const box = list.current;
    if (box === null || input.current === null) return;
    if (!box.matches(':popover-open')) box.showPopover();
    placeBeside(box, input.current);
  }, [isShown, entries.length]);

  const choose = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    on.onChange({ text: entry.name, value: entry.chosen });
    setOpen(false);
  };
  if (option.type === optionType.attachment) return <FileField option={option} state={state} {...on} />;
  return (
    <label class={`field${option.required ? ' required' : ''}`}>
      <span>{option.name}</span>
      <input
        ref={input}
        data-option={option.name}
        value={state.text}
        inputMode={option.type === optionType.integer ? 'numeric' : 'text'}
        autoComplete="off"
        spellcheck={false}
        aria-label={option.name}
        aria-required={option.required}
        aria-description={option.description}
        role="combobox"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${id}-${active}` : undefined}
        onFocus={() => {
          on.onFocus();
          setActive(0);
          setOpen(state.value === undefined);
        }}
        onBlur={() => setOpen(false)}
        onInput={({ currentTarget }) => {
          setActive(0);
          setOpen(true);
          on.onChange({ text: currentTarget.value });
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined && !isShown) setOpen(true);
          else if (step !== undefined) setActive((active + step + entries.length) % entries.length);
          else if (event.key === 'Enter' && isShown && mustChoose(option, state)) choose(entries[active]);
          else if (event.key === 'Tab' && isShown && mustChoose(option, state)) {
            choose(entries[active]);
            return;
          } else if (event.key === 'Escape' && isShown) setOpen(false);
          else if (event.key === 'Backspace' && state.text === '') on.onEmptied();
          else return;
          event.preventDefault();
        }}
      />
      {isShown && (
        <div
          class="list-box"
          popover="manual"
          role="listbox"
          id={`${id}-list`}
          aria-label={option.name}
          ref={list}
        >
          <OptionList
            id={id}
            options={entries}
            active={active}
            onChoose={(_, index) => choose(entries[index])}
          />
        </div>
      )}
    </label>
  );
}

/** Free text may stand beside what autocomplete offers, until an entry is pointed at. */
function mustChoose(option: OptionView, state: FieldState): boolean {
  return state.value === undefined && (option.autocomplete || option.choices.length > 0 || isListed(option));
}

function isListed(option: OptionView): boolean {
  return option.type in selectKinds || option.type === optionType.boolean;
}

function entriesOf(option: OptionView, state: FieldState, offered: readonly Choice[]): Entry[] {
  const entry = ({ name, value }: Choice): Entry => ({ name, value: String(value), chosen: value });
  if (option.autocomplete) return offered.map(entry);
  const all = allEntries(option, entry);
  if (state.value !== undefined) return [];
  const wanted = state.text.toLowerCase();
  return all.filter(({ name }) => name.toLowerCase().includes(wanted));
}

function allEntries(option: OptionView, entry: (choice: Choice) => Entry): Entry[] {
  if (option.choices.length > 0) return option.choices.map(entry);
  if (option.type === optionType.boolean)
    return [
      { name: 'True', value: 'true', chosen: true },
      { name: 'False', value: 'false', chosen: false },
    ];
  const kind = selectKinds[option.type];
  if (kind === undefined) return [];
  return peopleRolesAndChannels(store.state, kind).map(({ named, ...rest }) => ({ ...rest, chosen: named }));
}

function FileField({
  option,
  state,
  onChange,
  onFocus,
}: Pick<Props, 'option' | 'state' | 'onChange' | 'onFocus'>): VNode {
  return (
    <label class={`field file${option.required ? ' required' : ''}`}>
      <span>{option.name}</span>
      <em>{state.file?.name ?? 'Choose a file, or drop one'}</em>
      <input
        type="file"
        class="visually-hidden"
        data-option={option.name}
        aria-label={`${option.name}: ${state.file?.name ?? 'choose a file'}`}
        onFocus={onFocus}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onChange({ text: file.name, file });
        }}
      />
    </label>
  );
}
