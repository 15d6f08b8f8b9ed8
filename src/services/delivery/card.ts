/**
 * A job as a message: pure, from what is known to what is shown. One colour a phase, one bar, the buttons that make
 * sense now. A member's words are quoted as they are: mentions never ping (allowed_mentions), markdown is theirs.
 */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
} from 'discord.js';
import { plainPrice, platformOf } from '../../domain/actions.ts';
import { builtInCatalogue } from '../../domain/built-in-catalogue.ts';
import { encodeCustomId, type ButtonName } from '../../domain/custom-id.ts';
import type { Job, Wait } from '../../domain/job-record.ts';
import { discordLimits, shorten } from '../../domain/limits.ts';
import { clipsIn } from '../../domain/result.ts';
import type { Clip } from '../../domain/song.ts';
import type { Words } from '../text/en.ts';

export interface Card {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
}

/** What the card knows beyond the job itself. */
export interface CardFacts {
  /** Unix ms at which a song like this is usually done. */
  expectedAt: number | undefined;
  /** Of a queued job. */
  wait: Wait | undefined;
  now: number;
}

/** A clip of the finished song and what became of its audio. */
export interface DeliveredTake {
  clip: Clip;
  name: string;
  seconds: number | null;
  /** Attached to the message, or only linked because it is too large or couldn't be fetched. */
  road: 'attached' | 'too-large' | 'unfetched';
}

const colours = { waiting: 0x80848e, running: 0x5865f2, done: 0x23a55a, failed: 0xda373c };
const barCells = 16;
const longestQuote = 600;

export function progressCard(job: Job, words: Words, facts: CardFacts): Card {
  const { status } = job;
  const running = status.state === 'running' || status.state === 'submitted';
  const percent = status.state === 'running' ? (status.percent ?? 0) : 0;
  const lines = [
    quote(job),
    '',
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
        color: running ? colours.running : colours.waiting,
        footer: { text: words.card.footer(job.id) },
      },
    ],
    components: row(job, [['cancel', words.buttons.cancel, ButtonStyle.Secondary]]),
  };
}

export function endedCard(job: Job, words: Words): Card {
  const [title, text] = ending(job, words);
  return {
    embeds: [
      {
        title,
        description: shorten([quote(job), '', text].join('\n'), discordLimits.embedDescription),
        color: job.status.state === 'cancelled' ? colours.waiting : colours.failed,
        footer: { text: words.card.footer(job.id) },
      },
    ],
    components: row(job, [
      ['again', words.buttons.retry, ButtonStyle.Primary],
      ['delete', words.buttons.delete, ButtonStyle.Secondary],
    ]),
  };
}

/** `cover`: name of the attached picture. */
export function songCard(
  job: Job,
  words: Words,
  takes: readonly DeliveredTake[],
  cover: string | undefined,
): Card {
  const first = takes[0];
  const links = takes.flatMap((take, index) => {
    const name = takes.length > 1 ? `${take.name} (${words.card.take(index + 1)})` : take.name;
    if (take.road === 'attached') return [];
    const say = take.road === 'too-large' ? words.card.linkInstead : words.card.linkUnfetched;
    return say(name, take.clip.audioUrl);
  });
  const style = first?.clip.style ?? job.inputs.style;
  const fields: [string, string | null | undefined][] = [
    [words.card.length, takes.map((take) => clockTime(take.seconds)).join(' · ')],
    [words.card.engine, words.engineName(platformOf(job.action))],
    [words.card.model, first?.clip.model ?? job.inputs.model],
  ];
  return {
    embeds: [
      {
        title: shorten(first?.name ?? titleOf(job, words), discordLimits.embedTitle),
        description: shorten([quote(job), ...links].join('\n'), discordLimits.embedDescription),
        color: colours.done,
        fields: [
          ...fields.flatMap(([name, value]) => (value ? [{ name, value, inline: true }] : [])),
          // Some models give the description back as the style: said once is enough.
          ...(style && style !== job.inputs.prompt
            ? [{ name: words.card.style, value: shorten(style, 300) }]
            : []),
        ],
        ...(cover === undefined ? {} : { thumbnail: { url: `attachment://${cover}` } }),
        footer: { text: words.card.footer(job.id) },
      },
    ],
    components: row(job, [
      // What costs more than a plain song says so on its button.
      [
        'again',
        words.buttons.again(job.price > plainPrice(builtInCatalogue) ? job.price : undefined),
        ButtonStyle.Primary,
      ],
      ...(takes.some((take) => take.clip.lyrics !== null)
        ? ([['lyrics', words.buttons.lyrics, ButtonStyle.Secondary]] as const)
        : []),
      ['delete', words.buttons.delete, ButtonStyle.Secondary],
    ]),
  };
}

/** What the song is called: the member's word, the song API's, or none yet. */
export function titleOf(job: Job, words: Words): string {
  const [clip] = job.status.state === 'succeeded' ? clipsIn(job.status.result) : [];
  return shorten(job.inputs.title ?? clip?.title ?? words.card.untitled, discordLimits.embedTitle);
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

function quote(job: Job): string {
  const text = shorten(job.inputs.prompt ?? job.inputs.style ?? '', longestQuote);
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function bar(percent: number): string {
  const full = Math.round((percent / 100) * barCells);
  return '▰'.repeat(full) + '▱'.repeat(barCells - full);
}

function clockTime(seconds: number | null): string {
  if (seconds === null) return '–';
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function row(
  job: Job,
  buttons: readonly (readonly [ButtonName, string, ButtonStyle.Primary | ButtonStyle.Secondary])[],
): Card['components'] {
  const components = buttons.map(([name, label, style]): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style,
    label,
    custom_id: encodeCustomId(name, job.id),
  }));
  return [{ type: ComponentType.ActionRow, components }];
}
