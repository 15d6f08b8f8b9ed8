import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ModalView, Named } from '../news.ts';
import type { LoosePart } from './loose-part.ts';
import { Markdown } from './markdown.tsx';
import { ModalField, type ModalValue } from './modal-field.tsx';
import { act, upload } from './requests.ts';
import { store, useStore } from './store.ts';

const [labelKind, textKind] = [18, 10];

/** A form that the bot asks somebody to fill in. */
export function ModalDialog(): VNode | null {
  const shown = useStore((state) => state.modal);
  return shown === null ? null : <Dialog key={shown.modal.customId} modal={shown.modal} />;
}

function Dialog({ modal }: { modal: ModalView }): VNode {
  const box = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<Record<string, ModalValue>>({});
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const parts = modal.components as LoosePart[];
  useEffect(() => {
    box.current?.showModal();
    box.current?.querySelector<HTMLElement>('input, textarea, .select-button')?.focus();
  }, []);
  const close = (): void => store.set({ modal: null });
  const submit = async (): Promise<void> => {
    setBusy(true);
    const wire = await wireValues(values);
    const { refused } = await act({ is: 'submits', values: wire });
    if (refused === null) return close();
    setBusy(false);
    setProblem(refused);
  };
  const field = (part: LoosePart, label?: LoosePart): VNode => (
    <ModalField
      key={part.custom_id}
      part={part}
      label={label?.label ?? part.label ?? part.custom_id ?? ''}
      description={label?.description ?? undefined}
      onChange={(value) => setValues((all) => ({ ...all, [part.custom_id ?? '']: value }))}
    />
  );
  return (
    <dialog class="modal" ref={box} aria-label={modal.title} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <h2>{modal.title}</h2>
        <div class="modal-fields">
          {parts.flatMap((part) => {
            if (part.type === textKind) return [<Markdown text={part.content ?? ''} />];
            if (part.type === labelKind && part.component !== undefined) return [field(part.component, part)];
            return (part.components ?? []).map((inside) => field(inside));
          })}
        </div>
        {problem !== undefined && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <footer>
          <button type="button" class="press link-like" onClick={() => box.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="press primary" aria-busy={isBusy}>
            Submit
          </button>
        </footer>
      </form>
    </dialog>
  );
}

type Wire = Record<string, string | boolean | string[] | Named[]>;

/** Files are handed over first; the rest goes as it is. */
async function wireValues(values: Record<string, ModalValue>): Promise<Wire> {
  const wire: Wire = {};
  for (const [name, value] of Object.entries(values)) {
    if (!Array.isArray(value)) wire[name] = value;
    else if (value.some((one) => one instanceof File))
      wire[name] = await Promise.all(
        value.filter((one) => one instanceof File).map(async (file) => ({ file: (await upload(file)).id })),
      );
    else wire[name] = value as string[] | Named[];
  }
  return wire;
}
