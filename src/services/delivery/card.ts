/**
 * A job as a message: pure, from what is known to what is shown. One colour a phase, one bar, the buttons that make
 * sense now. A member's words are quoted as they are: mentions never ping (allowed_mentions), markdown is theirs.
 */
import { ButtonStyle, type APIEmbed } from 'discord.js';
import type { Job, Wait } from '../../domain/job-record.ts';
import { discordLimits, shorten } from '../../domain/limits.ts';
import { clipsIn } from '../../domain/result.ts';
import type { Words } from '../text/en.ts';
import { buttonRow, type Row } from './card-rows.ts';

export interface Card {
  embeds: APIEmbed[];
  components: Row[];
}

/** What the card knows beyond the job itself. */
export interface CardFacts {
  /** Unix ms at which a song like this is usually done. */
  expectedAt: number | undefined;
  /** Of a queued job. */
  wait: Wait | undefined;
  now: number;
}

export const cardColours = { waiting: 0x80848e, running: 0x5865f2, done: 0x23a55a, failed: 0xda373c };
const barCells = 16;
const longestQuote = 600;

export function progressCard(job: Job, words: Words, facts: CardFacts): Card {
  const { status } = job;
  const running = status.state === 'running' || status.state === 'submitted';
  const percent = status.state === 'running' ? (status.percent ?? 0) : 0;
  const asked = quote(job);
  const lines = [
    ...(asked === '' ? [] : [asked, '']),
    `\`${bar(percent)}\` **${words.card.progress(percent)}**`,
    phase(job, words, facts.wait),
  ];
  if (running && job.submittedAt !== null) {
    const { expectedAt } = facts;
    const eta =
      expectedAt === undefined
        ? ''
        : ` · ${expectedAt > facts.now ? words.card.expected(expectedAt) : words.card.longerThanUsual}`;
    lines.push(`${words.card.started(job.submittedAt)}${eta}`);
  }
  return {
    embeds: [
      {
        title: titleOf(job, words),
        description: shorten(lines.join('\n'), discordLimits.embedDescription),
        color: running ? cardColours.running : cardColours.waiting,
        footer: { text: words.card.footer(job.id) },
      },
    ],
    components: buttonRow(job, [['cancel', words.buttons.cancel]]),
  };
}

export function endedCard(job: Job, words: Words): Card {
  const [title, text] = ending(job, words);
  return {
    embeds: [
      {
        title,
        description: shorten([quote(job), '', text].join('\n').trim(), discordLimits.embedDescription),
        color: job.status.state === 'cancelled' ? cardColours.waiting : cardColours.failed,
        footer: { text: words.card.footer(job.id) },
      },
    ],
    components: buttonRow(job, [
      ['again', words.buttons.retry, ButtonStyle.Primary],
      ['edit', words.buttons.edit],
      ['delete', words.buttons.delete],
    ]),
  };
}

/** What the song is called: the member's word, the song API's, or none yet. */
export function titleOf(job: Job, words: Words): string {
  const [clip] = job.status.state === 'succeeded' ? clipsIn(job.status.result) : [];
  return shorten(
    job.inputs.title ?? clip?.title ?? (job.subject || words.card.untitled),
    discordLimits.embedTitle,
  );
}

function ending(job: Job, words: Words): [title: string, text: string] {
  const { card } = words;
  switch (job.status.state) {
    case 'cancelled':
      return [card.cancelledTitle, job.status.taskId === null ? card.cancelled : card.cancelledUnderWay];
    case 'lost':
      return [card.lostTitle, card.lost];
    case 'unconfirmed':
      return [card.unconfirmedTitle, card.unconfirmed];
    case 'failed':
      return [card.failedTitle, `${words.failure(job.status.why)} ${words.notCharged}`];
    default:
      throw new TypeError(`a job that is ${job.status.state} has no ending`);
  }
}

function phase(job: Job, words: Words, wait: Wait | undefined): string {
  switch (job.status.state) {
    case 'queued':
      if (wait?.is === 'paused') return words.card.paused;
      if (wait?.is === 'parked') return words.card.parked;
      return words.card.waiting(wait?.position ?? 1, wait?.startsAt);
    case 'submitting':
      return words.card.handingOver;
    case 'submitted':
      return words.card.accepted;
    default:
      return words.card.composing;
  }
}

export function quote(job: Job): string {
  // A card about a file or a song has no words of its member.
  const text = shorten(job.inputs.prompt ?? job.inputs.style ?? job.inputs.tags ?? '', longestQuote);
  if (text === '') return '';
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function bar(percent: number): string {
  const full = Math.round((percent / 100) * barCells);
  return '▰'.repeat(full) + '▱'.repeat(barCells - full);
}
