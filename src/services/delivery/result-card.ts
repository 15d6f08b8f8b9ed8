/** The finished card, by the kind of its result: pure, from what has arrived to what is shown. */
import type { APIEmbed } from 'discord.js';
import { plainPrice, platformOf } from '../../domain/actions.ts';
import type { DeedName } from '../../domain/deeds.ts';
import type { Job } from '../../domain/job-record.ts';
import { discordLimits, shorten } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { sungLines } from '../../domain/timed-lyrics.ts';
import type { Words } from '../text/en.ts';
import { cardColours, quote, titleOf, type Card } from './card.ts';
import { buttonRow, songRows, type Offer, type Row } from './card-rows.ts';
import type { Delivered, Parcel } from './goods.ts';
import { linkLines } from './link-lines.ts';

/** How many lines of timed lyrics a card shows. */
const previewLines = 6;

export function resultCard(job: Job, result: Result, words: Words, parcel: Parcel, offer: Offer): Card {
  const { items, picture, spoiled } = parcel;
  const embed: APIEmbed = {
    title: shorten(headOf(job, result, words, offer, items), discordLimits.embedTitle),
    description: shorten(
      [
        ...madeFrom(job, result, words, offer),
        quote(job),
        ...bodyOf(job, result, words, items),
        ...(spoiled.length === 0 ? [] : [words.results.spoiled(spoiled.join(', '))]),
        ...(parcel.zips === 0 ? [] : [words.results.zipped(parcel.zips)]),
        ...(parcel.linksInFile ? [words.results.linksInFile] : linkLines(items, words)),
      ]
        .filter((line) => line !== '')
        .join('\n'),
      discordLimits.embedDescription,
    ),
    color: cardColours.done,
    fields: fieldsOf(job, result, words, items),
    ...(picture === undefined ? {} : { [picture.place]: { url: `attachment://${picture.fileName}` } }),
    footer: { text: words.card.footer(job.id) },
  };
  return { embeds: [embed], components: rowsOf(job, result, words, offer) };
}

/** A song that was made from another says so; its title may be its own. */
function madeFrom(job: Job, result: Result, words: Words, { catalogue }: Offer): string[] {
  const deed = catalogue[job.action]?.deed;
  if (result.is !== 'clips' || deed === undefined || job.subject === null || job.subject === '') return [];
  return [words.results.madeFrom(words.deeds[deed].label, job.subject)];
}

/** A song's own name; for anything else what it is, and of what. */
function headOf(
  job: Job,
  result: Result,
  words: Words,
  { catalogue }: Offer,
  items: readonly Delivered[],
): string {
  const name = items[0]?.clip === undefined ? titleOf(job, words) : items[0].name;
  const deed: DeedName = catalogue[job.action]?.deed ?? 'song';
  if (result.is === 'clips' || result.is === 'lyrics' || deed === 'song') return name;
  return words.results.head(words.deeds[deed].label, job.inputs.title ?? job.subject ?? '');
}

function bodyOf({ inputs }: Job, result: Result, words: Words, items: readonly Delivered[]): string[] {
  switch (result.is) {
    case 'lyrics':
      return ['', shorten(result.lyrics, discordLimits.embedDescription - 700)];
    case 'bpm':
      return [words.results.bpm(result.average, result.min, result.max)];
    case 'tags':
      return [result.tags];
    case 'timing': {
      const lines = sungLines(result.words).slice(0, previewLines);
      return lines.map(({ text, start }) => `\`${words.duration(start / 1000)}\` ${text}`);
    }
    case 'handle':
      // What a member brought they have; what was made stays where it is.
      return [(result.audioUrl ?? inputs.fileUrl) ? words.results.takenIn : words.results.keptThere];
    case 'stems':
      return [items.map(({ name }) => name).join(' · ')];
    default:
      return [];
  }
}

function fieldsOf(
  job: Job,
  result: Result,
  words: Words,
  items: readonly Delivered[],
): NonNullable<APIEmbed['fields']> {
  const clip = result.is === 'clips' ? result.clips[0] : undefined;
  const seconds = result.is === 'handle' ? [result.seconds] : items.map((item) => item.seconds);
  const lengths = seconds.filter((each) => each !== null);
  const fields: [string, string | null | undefined][] = [
    [words.card.length, result.is === 'stems' ? '' : lengths.map(words.duration).join(' · ')],
    [words.card.engine, words.engineName(platformOf(job.action))],
    [words.card.model, clip?.model ?? job.inputs.model],
    // Where a card has to be a new message, nothing else says whose it is. In an embed it pings nobody.
    [words.results.askedBy, job.private ? '' : `<@${job.userId}>`],
  ];
  const style = result.is === 'clips' ? (clip?.style ?? job.inputs.style) : undefined;
  return [
    ...fields.flatMap(([name, value]) =>
      value ? [{ name, value: shorten(value, 1024), inline: true }] : [],
    ),
    // Some models give the description back as the style: said once is enough.
    ...(style && style !== job.inputs.prompt ? [{ name: words.card.style, value: shorten(style, 300) }] : []),
  ];
}

function rowsOf(job: Job, result: Result, words: Words, offer: Offer): Row[] {
  switch (result.is) {
    case 'clips': {
      // What costs more than a plain song says so on its button.
      const price = job.price > plainPrice(offer.catalogue) ? job.price : undefined;
      return songRows(job, words, offer, {
        again: words.buttons.again(price),
        canGoOn: result.clips.some(({ clipId }) => clipId !== ''),
        hasLyrics: result.clips.some(({ lyrics }) => lyrics !== null),
      });
    }
    case 'handle':
      return songRows(job, words, offer, { again: undefined, canGoOn: true, hasLyrics: false });
    case 'lyrics':
      return buttonRow(job, [
        ['sing', words.buttons.sing],
        ['again', words.buttons.otherWords],
        ['delete', words.buttons.delete],
      ]);
    case 'bpm':
    case 'tags':
      return buttonRow(job, [
        ['use', words.buttons.use],
        ['delete', words.buttons.delete],
      ]);
    default:
      return buttonRow(job, [['delete', words.buttons.delete]]);
  }
}
