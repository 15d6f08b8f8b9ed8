import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface ListedOption {
  name: string;
  value: string;
  description?: string;
}

interface Props {
  id: string;
  options: readonly ListedOption[];
  active: number;
  picked?: readonly string[];
  onChoose: (option: ListedOption, index: number) => void;
}

/** The entries of a listbox; whoever owns the box has the focus and the keys. */
export function OptionList({ id, options, active, picked = [], onChoose }: Props): VNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => row.current?.scrollIntoView({ block: 'nearest' }), [active, options]);
  return (
    <>
      {options.map((option, index) => (
        <div
          key={option.value}
          id={`${id}-${index}`}
          ref={index === active ? row : null}
          role="option"
          aria-selected={picked.includes(option.value) || (picked.length === 0 && index === active)}
          class={`option${index === active ? ' active' : ''}`}
          // Before the field loses its focus, and the list with it.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(option, index);
          }}
        >
          <span class="option-name">{option.name}</span>
          {option.description !== undefined && option.description !== '' && (
            <span class="option-words">{option.description}</span>
          )}
          {picked.includes(option.value) && <span aria-hidden="true">✓</span>}
        </div>
      ))}
    </>
  );
}
