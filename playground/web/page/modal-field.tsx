import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Named } from '../news.ts';
import type { LoosePart } from './loose-part.ts';
import { SelectMenu } from './select-menu.tsx';

export type ModalValue = string | boolean | (string | Named | File)[];

interface Props {
  part: LoosePart;
  label: string;
  description: string | undefined;
  onChange: (value: ModalValue) => void;
}

const kind = { textInput: 4, fileUpload: 19, radioGroup: 21, checkboxGroup: 22, checkbox: 23 };

export function ModalField({ part, label, description, onChange }: Props): VNode {
  const id = useId();
  const isRequired = part.required !== false;
  return (
    <div class="modal-field">
      <label for={id}>
        {label}
        {isRequired && part.type !== kind.checkbox && (
          <span class="star" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {description !== undefined && <p class="soft">{description}</p>}
      <Control part={part} id={id} label={label} isRequired={isRequired} onChange={onChange} />
    </div>
  );
}

function Control({
  part,
  id,
  label,
  isRequired,
  onChange,
}: Omit<Props, 'description'> & { id: string; isRequired: boolean }): VNode {
  switch (part.type) {
    case kind.textInput:
      return <TextControl part={part} id={id} isRequired={isRequired} onChange={onChange} />;
    case kind.fileUpload:
      return (
        <input
          id={id}
          type="file"
          required={isRequired && (part.min_values ?? 1) > 0}
          multiple={(part.max_values ?? 1) > 1}
          onChange={({ currentTarget }) => onChange([...(currentTarget.files ?? [])])}
        />
      );
    case kind.checkbox:
      return (
        <input
          id={id}
          type="checkbox"
          defaultChecked={part.default === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case kind.radioGroup:
    case kind.checkboxGroup:
      return <Group part={part} id={id} label={label} onChange={onChange} />;
    default:
      return (
        <SelectMenu
          part={part}
          isDisabled={false}
          isKept
          label={label}
          onPick={(values) => onChange(values)}
        />
      );
  }
}

function TextControl({
  part,
  id,
  isRequired,
  onChange,
}: Pick<Props, 'part' | 'onChange'> & { id: string; isRequired: boolean }): VNode {
  const [text, setText] = useState(part.value ?? '');
  const shared = {
    id,
    value: text,
    placeholder: part.placeholder ?? '',
    required: isRequired,
    minLength: part.min_length ?? 0,
    maxLength: part.max_length ?? 4_000,
  };
  const change = (value: string): void => {
    setText(value);
    onChange(value);
  };
  if (part.style !== 2)
    return <input {...shared} onInput={({ currentTarget }) => change(currentTarget.value)} />;
  return (
    <>
      <textarea {...shared} rows={8} onInput={({ currentTarget }) => change(currentTarget.value)} />
      <p class="count soft">
        {text.length} of {shared.maxLength}
      </p>
    </>
  );
}

function Group({
  part,
  id,
  label,
  onChange,
}: Pick<Props, 'part' | 'label' | 'onChange'> & { id: string }): VNode {
  const isRadio = part.type === kind.radioGroup;
  const options = part.options ?? [];
  const [picked, setPicked] = useState(
    options.filter((one) => one.default === true).map(({ value }) => value),
  );
  return (
    <div role={isRadio ? 'radiogroup' : 'group'} aria-label={label}>
      {options.map((option, index) => (
        <label class="choice">
          <input
            id={index === 0 ? id : undefined}
            type={isRadio ? 'radio' : 'checkbox'}
            name={id}
            checked={picked.includes(option.value)}
            onChange={({ currentTarget }) => {
              const rest = isRadio ? [] : picked.filter((value) => value !== option.value);
              const next = currentTarget.checked ? [...rest, option.value] : rest;
              setPicked(next);
              onChange(isRadio ? (next[0] ?? '') : next);
            }}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
