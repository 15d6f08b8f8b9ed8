import type { JournalRow } from '../../playground/discord/rest/journal.ts';
import type { Entry } from '../../playground/song-api/journal.ts';
import type { Evidence } from './judge.ts';

export interface Records {
  discord: readonly JournalRow[];
  songApi: readonly Entry[];
  log: readonly string[];
}

/** Everything that was seen and said about one job, in order. */
export function story({ marker, invocation, row, messages, tasks }: Evidence, records: Records): string {
  const { interaction } = invocation;
  const taskIds = tasks.map(({ taskId }) => taskId);
  const names = [
    marker,
    interaction.id,
    interaction.token,
    ...(row === undefined ? [] : [row.id]),
    ...taskIds,
  ];
  const isOurs = (text: string): boolean => names.some((name) => text.includes(name));
  const discord = records.discord
    .filter((line) => isOurs(`${line.path} ${line.interactionId ?? ''} ${JSON.stringify(line.body)}`))
    .map((line): [number, string] => [
      line.at,
      `Discord   ${line.status} ${line.method} ${line.path.replace(interaction.token, '…')}` +
        ` ${line.fault ?? ''} ${titleOf(line.body)} ${line.files.map(({ name }) => `<${name}>`).join(' ')}` +
        ` ${line.refusal ?? ''}`,
    ]);
  const songApi = records.songApi
    .filter((line) => isOurs(`${line.ids.join(' ')} ${JSON.stringify(line.body)}`))
    .map((line): [number, string] => [
      line.at,
      `song API  ${line.status} ${line.method} ${line.path} ${line.fault ?? ''}`,
    ]);
  const log = records.log
    .filter((line) => isOurs(line))
    .map((line): [number, string] => {
      const { time, pid: _, jobId: __, ...rest } = JSON.parse(line) as Record<string, unknown>;
      return [
        typeof time === 'number' ? time : Date.parse(String(time)),
        `bot       ${JSON.stringify(rest)}`,
      ];
    });
  // Each has its own clock, and clocks are moved: order is kept within each, not between them.
  const lines = [...discord, ...songApi, ...log].map(([at, text]) => `${clockTime(at)} ${text.trimEnd()}`);
  const cards = messages.map((message) => {
    const files = message.attachments.map(({ filename }) => `<${filename}>`).join(' ');
    const where = message.ephemeralFor === undefined ? (message.origin.guildId ?? 'direct') : 'private';
    return `card      ${message.id} (${where}) ${message.text().replaceAll('\n', ' / ').slice(0, 200)} ${files}`;
  });
  return [...lines, ...cards, `row       ${JSON.stringify(row)}`].map((line) => `    ${line}`).join('\n');
}

const clockTime = (at: number): string =>
  Number.isFinite(at) ? new Date(at).toISOString().slice(11, 23) : '?';

function titleOf(body: unknown): string {
  const title = /"title":"([^"]*)"/.exec(JSON.stringify(body) ?? '')?.[1];
  return title === undefined ? '' : `"${title}"`;
}
