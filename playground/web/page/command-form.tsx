import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CommandView, OptionInput, OptionView } from '../news.ts';
import { draftFiles } from './draft-files.ts';
import { OptionField, type FieldState } from './option-field.tsx';
import { optionProblem, readOption } from './read-option.ts';
import { act, upload } from './requests.ts';

const attachmentOption = 11;

interface Props {
  command: CommandView;
  values: Record<string, string>;
  onClose: () => void;
}

/** A chosen command with its options as fields; Enter runs it, Escape leaves it. */
export function CommandForm({ command, values, onClose }: Props): VNode {
  const [fields, setFields] = useState<Record<string, FieldState>>(() =>
    Object.fromEntries(
      command.options
        .filter(({ name, required }) => required || name in values)
        .map(({ name }) => [name, { text: values[name] ?? '' }]),
    ),
  );
  const [focused, setFocused] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const shown = command.options.filter(({ name }) => name in fields);
  const others = command.options.filter(({ name }) => !(name in fields));
  const about = command.options.find(({ name }) => name === focused);

  const fieldOf = (name: string): HTMLElement | null | undefined =>
    form.current?.querySelector<HTMLElement>(`[data-option="${name}"]`);
  const focusField = (name: string): void => {
    requestAnimationFrame(() => fieldOf(name)?.focus());
  };
  useEffect(() => {
    const first = shown.find(({ name }) => (fields[name]?.text ?? '') === '') ?? shown[0];
    if (first === undefined) form.current?.querySelector<HTMLElement>('button.run')?.focus();
    else focusField(first.name);
  }, []);
  useEffect(
    () =>
      draftFiles.on((dropped) => {
        const [file] = dropped;
        const taker = command.options.find(
          ({ type, name }) => type === attachmentOption && fields[name]?.file === undefined,
        );
        if (taker === undefined || file === undefined) return setProblem('This command takes no file here.');
        setFields((all) => ({ ...all, [taker.name]: { text: file.name, file } }));
      }),
    [fields],
  );

  const add = (option: OptionView): void => {
    setFields({ ...fields, [option.name]: { text: '' } });
    focusField(option.name);
  };
  const drop = (option: OptionView): void => {
    const before = shown[shown.indexOf(option) - 1];
    // At once: a field that goes takes the focus with it, and the next key would go nowhere.
    if (before !== undefined) fieldOf(before.name)?.focus();
    const { [option.name]: _, ...rest } = fields;
    setFields(option.required ? { ...fields, [option.name]: { text: '' } } : rest);
  };
  const run = async (): Promise<void> => {
    const wrong = shown
      .map((option) => ({ option, why: optionProblem(option, fields[option.name]) }))
      .find(({ why }) => why !== undefined);
    if (wrong !== undefined) {
      setProblem(`${wrong.option.name} ${wrong.why}`);
      return focusField(wrong.option.name);
    }
    setBusy(true);
    try {
      const options = await valuesOf(shown, fields);
      // What becomes of it is seen in the channel; writing goes on meanwhile.
      onClose();
      await act({ is: 'runs', line: command.line, options });
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form
      class="composer command"
      ref={form}
      aria-label={command.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void run();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <p
        class={problem === undefined ? 'about' : 'about problem'}
        role={problem === undefined ? undefined : 'alert'}
      >
        {problem ?? about?.description ?? command.description}
      </p>
      <div class="fields-line">
        <span class="line">{command.line}</span>
        {shown.map((option) => (
          <OptionField
            key={option.name}
            option={option}
            state={fields[option.name] ?? { text: '' }}
            line={command.line}
            others={() => valuesSoFar(shown, fields, option.name)}
            onFocus={() => setFocused(option.name)}
            onChange={(state) => {
              setProblem(undefined);
              setFields((all) => ({ ...all, [option.name]: state }));
            }}
            onEmptied={() => drop(option)}
          />
        ))}
        <button type="submit" class="run" aria-busy={isBusy}>
          Send
        </button>
        <button type="button" class="icon" aria-label="Leave this command" onClick={onClose}>
          ×
        </button>
      </div>
      {others.length > 0 && (
        <div class="more-options" role="group" aria-label="More options">
          {others.map((option) => (
            <button type="button" title={option.description} onClick={() => add(option)}>
              <span aria-hidden="true">+ </span>
              {option.name}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}

async function valuesOf(
  options: readonly OptionView[],
  fields: Readonly<Record<string, FieldState>>,
): Promise<Record<string, OptionInput>> {
  const values: Record<string, OptionInput> = {};
  for (const option of options) {
    const field = fields[option.name];
    if (field?.file !== undefined) values[option.name] = { file: (await upload(field.file)).id };
    else {
      const value = readOption(option, field);
      if (value !== undefined) values[option.name] = value;
    }
  }
  return values;
}

/** What the bot hears of the other options while somebody types into one. */
function valuesSoFar(
  options: readonly OptionView[],
  fields: Readonly<Record<string, FieldState>>,
  except: string,
): Record<string, OptionInput> {
  return Object.fromEntries(
    options.flatMap((option) => {
      const field = fields[option.name];
      if (option.name === except || optionProblem(option, field) !== undefined) return [];
      const value = readOption(option, field);
      return value === undefined ? [] : [[option.name, value]];
    }),
  );
}
