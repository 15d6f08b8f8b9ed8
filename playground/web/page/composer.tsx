import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CommandView } from '../news.ts';
import { CommandForm } from './command-form.tsx';
import { draftFiles } from './draft-files.ts';
import { OptionList } from './option-list.tsx';
import { onPrefill } from './prefill.ts';
import { act, commandsHere, upload } from './requests.ts';
import { useStore } from './store.ts';

interface Chosen {
  command: CommandView;
  values: Record<string, string>;
}

/** Where people write: words, files, and after a slash the bot's commands. */
export function Composer(): VNode {
  const channel = useStore(({ places, channelId }) => places.channels.find(({ id }) => id === channelId));
  const userId = useStore((state) => state.userId);
  const process = useStore((state) => state.process);
  const channelId = channel?.id ?? '';
  const [text, setText] = useState('');
  const [commands, setCommands] = useState<CommandView[]>([]);
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<Chosen>();
  const [wish, setWish] = useState<{ line: string; values: Record<string, string> }>();
  const [files, setFiles] = useState<File[]>([]);
  const [isListClosed, closeList] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const isReturning = useRef(false);
  const id = useId();

  const load = (): Promise<CommandView[]> =>
    commandsHere(userId, channelId).then(
      (all) => {
        const slash = all.filter(({ kind }) => kind === 'slash');
        setCommands(slash);
        return slash;
      },
      () => [],
    );
  useEffect(() => setChosen(undefined), [userId, channelId]);
  useEffect(() => {
    if (userId !== '') void load();
  }, [userId, channelId, process.is]);
  useEffect(() => onPrefill((line, values) => setWish({ line, values })), []);
  useEffect(() => {
    if (wish === undefined) return;
    // A bot that is still starting has no commands yet: the wish waits for them.
    void load().then((all) => {
      const command = all.find((one) => one.line === wish.line);
      if (command === undefined) return;
      setWish(undefined);
      setChosen({ command, values: wish.values });
    });
  }, [wish, process.is]);
  useEffect(() => {
    if (chosen !== undefined) return undefined;
    // Whoever leaves a command's fields goes on writing.
    if (isReturning.current) field.current?.focus();
    isReturning.current = false;
    return draftFiles.on((more) => setFiles((all) => [...all, ...more].slice(0, 10)));
  }, [chosen]);

  const wanted = text.startsWith('/') ? text.slice(1).toLowerCase() : undefined;
  const matching = wanted === undefined || isListClosed ? [] : ranked(commands, wanted);
  const isListOpen = matching.length > 0;
  const choose = (command: CommandView): void => {
    setText('');
    setChosen({ command, values: {} });
  };
  const send = async (): Promise<void> => {
    const [words, sent] = [text, files];
    if (words.trim() === '' && sent.length === 0) return;
    setText('');
    setFiles([]);
    const ids = await Promise.all(sent.map(async (file) => (await upload(file)).id));
    await act({ is: 'says', text: words, files: ids });
  };
  if (chosen !== undefined)
    return (
      <CommandForm
        key={chosen.command.line}
        command={chosen.command}
        values={chosen.values}
        onClose={() => {
          isReturning.current = true;
          setChosen(undefined);
        }}
      />
    );
  const place = channel?.guildId === null ? 'Minstrel' : `#${channel?.name ?? ''}`;
  return (
    <div class="composer">
      {isListOpen && (
        <div class="commands" id={`${id}-list`} role="listbox" aria-label="Commands" tabIndex={0}>
          <OptionList
            id={id}
            options={matching.map(({ line, description }) => ({ name: line, value: line, description }))}
            active={active}
            onChoose={(_, index) => {
              const command = matching[index];
              if (command !== undefined) choose(command);
            }}
          />
        </div>
      )}
      {files.length > 0 && (
        <ul class="draft-files">
          {files.map((file) => (
            <li>
              {file.name}
              <button
                type="button"
                aria-label={`Leave out ${file.name}`}
                onClick={() => setFiles(files.filter((other) => other !== file))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="write">
        <label class="icon attach" title="Add a file">
          <input
            type="file"
            multiple
            class="visually-hidden"
            aria-label="Add a file"
            onChange={({ currentTarget }) => {
              setFiles([...files, ...(currentTarget.files ?? [])].slice(0, 10));
              currentTarget.value = '';
            }}
          />
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 5v14M5 12h14" />
          </svg>
        </label>
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={`Message ${place}, or / for commands`}
          aria-label={`Message ${place}`}
          aria-haspopup="listbox"
          aria-controls={isListOpen ? `${id}-list` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isListOpen ? `${id}-${active}` : undefined}
          onInput={({ currentTarget }) => {
            const { value } = currentTarget;
            if (value === '/') void load();
            const exact = commands.find(({ line }) => value === `${line} `);
            if (exact !== undefined) return choose(exact);
            closeList(false);
            setActive(0);
            setText(value);
          }}
          onPaste={({ clipboardData }) => draftFiles.offer([...(clipboardData?.files ?? [])])}
          onKeyDown={(event) => {
            const isEnter = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            const command = matching[active];
            if (isListOpen && step !== undefined)
              setActive((active + step + matching.length) % matching.length);
            else if (isListOpen && (isEnter || event.key === 'Tab') && command !== undefined) choose(command);
            else if (isListOpen && event.key === 'Escape') closeList(true);
            else if (isEnter) void send();
            else return;
            event.preventDefault();
          }}
        />
      </div>
    </div>
  );
}

/** Those that begin with what was typed before those that hold it somewhere. */
function ranked(commands: readonly CommandView[], wanted: string): CommandView[] {
  const rank = ({ line, description }: CommandView): number => {
    const name = line.slice(1);
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return wanted.length > 2 && description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return commands.filter((one) => rank(one) < 3).toSorted((a, b) => rank(a) - rank(b));
}
