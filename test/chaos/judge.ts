/** Judges from outside: by what stands in the channels, what the song API was asked, and what the database says. */
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { EmulatedTask } from '../../playground/song-api/emulated-task.ts';
import type { Entry } from '../../playground/song-api/journal.ts';
import type { Books, JobRow } from './books.ts';
import { scripts } from './plan.ts';
import { carriesAudio, isFinal } from './witness.ts';

/** What is known of one /song. */
export interface Evidence {
  marker: string;
  invocation: Invocation;
  row: JobRow | undefined;
  submits: Entry[];
  tasks: EmulatedTask[];
  /** Messages that show it and are still there. */
  messages: EmulatedMessage[];
}

export type Fate =
  /** The bot wasn't there, or Discord's answer to it got lost: the member knows, nothing was written down. */
  | 'not accepted'
  | 'refused'
  /** "… is thinking" and then nothing: the process died before it wrote anything down. */
  | 'silent'
  | 'attached'
  | 'linked'
  | `failed: ${string}`;

export interface Verdict {
  fate: Fate;
  kind: 'lost' | 'doubled' | 'other' | undefined;
  breach: string | undefined;
  /** Private, and its token died before it was known whether its end had arrived: it came as a direct message, too. */
  again: boolean;
}

/** The bot stops trying a token after 14 of Discord's 15 minutes. */
const tokenLifeMs = 14 * 60_000;

const badScripts = new Set(
  Object.values(scripts).flatMap(({ good, script }) => (good ? [] : [JSON.stringify(script)])),
);

export function judge(evidence: Evidence): Verdict {
  const { row, submits, tasks, messages } = evidence;
  const fate = fateOf(evidence);
  const again = wasSaidAgain(evidence);
  const ok: Verdict = { fate, kind: undefined, breach: undefined, again };
  const breach = (kind: 'lost' | 'doubled' | 'other', breach: string): Verdict => ({ ...ok, kind, breach });
  const repeated = [...Map.groupBy(submits, ({ path }) => path).values()].flatMap((alike) =>
    alike.slice(0, -1).filter(({ status }) => status !== 429 && status !== 503),
  );
  // A file is taken in by a task of its own, before the one that makes the song of it.
  const actions = tasks.map(({ action }) => action);
  if (new Set(actions).size < actions.length) return breach('doubled', `${actions.join(', ')} are paid for`);
  if (repeated.length > 0) return breach('doubled', `sent again after ${repeated[0]?.status || 'no answer'}`);
  const foreign = messages.flatMap((message) => foreignAudio(message, evidence));
  if (foreign.length > 0) return breach('other', `carries another job's audio: ${foreign.join(', ')}`);
  if (row === undefined)
    return submits.length > 0 ? breach('lost', 'was sent, and nothing is written down') : ok;

  const finals = messages.filter(isFinal);
  const songs = finals.filter(hasSong);
  const running = messages.filter((message) => !isFinal(message) && message.ephemeralFor === undefined);
  if (row.set_aside !== 0) return breach('lost', 'its row was set aside');
  if (row.delivery !== 'delivered') return breach('lost', `its delivery is ${row.delivery}`);
  if (running.length > 0) return breach('other', 'a card still says that it runs');
  if (row.state === 'succeeded') {
    if (songs.length === 0) return breach('lost', 'succeeded, and no message has the song');
    if (songs.length > 1 && !again) return breach('doubled', `${songs.length} messages have the song`);
    if (finals.length > songs.length) return breach('doubled', 'another card says otherwise');
    return ok;
  }
  if (songs.length > 0) return breach('other', `is ${row.state}, and a message has the song`);
  if (finals.length !== 1 && !again)
    return breach(finals.length === 0 ? 'lost' : 'doubled', `${finals.length} cards say how it ended`);
  if (tasks.some(isGood) && row.state !== 'unconfirmed')
    return breach('lost', `the song was made and paid for, and the job is ${row.state}`);
  return ok;
}

/** What the books say of no job in particular. */
export function judgeBooks(books: Books): string[] {
  const byInteraction = Map.groupBy(books.jobs, (job) => job.interaction_id);
  return [...byInteraction.values()]
    .filter((jobs) => jobs.length > 1)
    .map((jobs) => `${jobs.length} jobs of one interaction: ${jobs.map(({ id }) => id).join(' ')}`);
}

function fateOf({ row, invocation, messages }: Evidence): Fate {
  if (row === undefined) {
    if (invocation.interaction.answer === undefined) return 'not accepted';
    return invocation.response()?.isLoading === true ? 'silent' : 'refused';
  }
  if (row.state !== 'succeeded') {
    const { why = '' } = JSON.parse(row.status) as { why?: string };
    return `failed: ${row.state}${why === '' ? '' : `, ${why.replace(/:.*/, '')}`}`;
  }
  const songs = messages.filter((message) => isFinal(message) && hasSong(message));
  return songs.some(carriesAudio) ? 'attached' : 'linked';
}

/**
 * A private message can be written to, and looked at, only while its token lives. Where the answer to its last edit got
 * lost and the token is dead by the next try, nobody can tell whether its member has seen it: it comes once more, as a
 * direct message. While the token lives a second one is a plain double.
 */
function wasSaidAgain({ row, invocation, messages }: Evidence): boolean {
  const finals = messages.filter(isFinal);
  const [direct, ...more] = finals.filter(({ origin }) => origin.guildId === undefined);
  if (row?.private !== 1 || finals.length !== 2 || direct === undefined || more.length > 0) return false;
  if (!finals.some(({ ephemeralFor }) => ephemeralFor !== undefined)) return false;
  return (
    new Set(finals.map(hasSong)).size === 1 &&
    direct.createdAt - invocation.interaction.origin.createdAt > tokenLifeMs
  );
}

/** A link stands for a file that is too large or that couldn't be fetched. */
const hasSong = (message: EmulatedMessage): boolean =>
  carriesAudio(message) || /https?:\/\/\S+\.m4a/.test(message.text());

/** Names of attached songs that aren't this job's. */
function foreignAudio({ attachments }: EmulatedMessage, { marker, row }: Evidence): string[] {
  const songs = attachments.filter(({ content_type }) => content_type?.startsWith('audio/'));
  return songs
    .filter((file) => {
      const text = Buffer.from(file.bytes()).toString('latin1');
      const isAsMade = file.filename.endsWith('.m4a');
      // Encoded anew for a low limit, the sound has no words any more; its tag says whose it is.
      const own = isAsMade
        ? text.slice(text.indexOf('mdat')).includes(marker)
        : text.includes(row?.id ?? marker);
      return !own || [...text.matchAll(/marker-\d+-\d{4}-/g)].some(([one]) => one !== marker);
    })
    .map(({ filename }) => filename);
}

const isGood = (task: EmulatedTask): boolean =>
  task.action !== 'UPLOAD' &&
  task.finished &&
  task.status === 'SUCCESS' &&
  !badScripts.has(JSON.stringify(task.script));
