import type { VNode } from 'preact';
import { useStore } from './store.ts';

const shown = 120;

/** What the bot itself logs, newest first. */
export function LogPage(): VNode {
  const log = useStore((state) => state.log);
  if (log.length === 0) return <p class="empty">The bot has logged nothing yet.</p>;
  return (
    <ol class="log">
      {log
        .slice(-shown)
        .toReversed()
        .map((line) => (
          <LogLine line={line} />
        ))}
    </ol>
  );
}

function LogLine({ line }: { line: string }): VNode {
  const { level, time, msg, ...rest } = parsed(line);
  const fields = Object.entries(rest).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return (
    <li class={asText(level)}>
      <time>{asText(time).slice(11, 19)}</time> <strong>{asText(msg)}</strong>{' '}
      <span>{fields.join(' · ')}</span>
    </li>
  );
}

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { msg: line };
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
