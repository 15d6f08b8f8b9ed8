/** The buttons under a finished card: what the catalogue serves for its song now, most wanted first. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
} from 'discord.js';
import { actionFor, platformOf, type ActionKey, type Catalogue } from '../../domain/actions.ts';
import { encodeCustomId, type ButtonName } from '../../domain/custom-id.ts';
import { songDeedNames, type SongDeedName } from '../../domain/deeds.ts';
import type { Job } from '../../domain/job-record.ts';
import type { Words } from '../text/en.ts';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What the song API offers, as far as is known. */
export interface Offer {
  catalogue: Catalogue;
  isServed: (action: ActionKey) => boolean;
  /** What can be had although the song API doesn't serve it. */
  isMadeHere: (deed: SongDeedName) => boolean;
}

/** In this order, where they are served. */
const firstRow: readonly SongDeedName[] = ['extend', 'cover', 'stems'];
/** Discord shows 25 options. */
const mostOptions = 25;

type ButtonSpec = readonly [ButtonName, string, (ButtonStyle.Primary | ButtonStyle.Secondary)?];

export function buttonRow(job: Job, buttons: readonly ButtonSpec[]): Row[] {
  if (buttons.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: buttons.map(([name, label, style = ButtonStyle.Secondary]) => ({
        type: ComponentType.Button,
        style,
        label,
        custom_id: encodeCustomId(name, job.id),
      })),
    },
  ];
}

/** `canGoOn`: the song API gave a handle for follow-ups. `again`: the label of the first button. */
export function songRows(
  job: Job,
  words: Words,
  offer: Offer,
  { again, canGoOn, hasLyrics }: { again: string | undefined; canGoOn: boolean; hasLyrics: boolean },
): Row[] {
  const served = canGoOn ? servedFor(job, offer) : [];
  const { label } = { label: (name: SongDeedName) => words.deeds[name].label };
  const first: ButtonSpec[] = [
    ...(again === undefined ? [] : [['again', again, ButtonStyle.Primary] as const]),
    ...firstRow.filter((name) => served.includes(name)).map((name) => [name, label(name)] as const),
    ['favourite', words.buttons.favourite],
  ];
  return [
    ...buttonRow(job, first),
    ...moreRow(
      job,
      words,
      served.filter((name) => !firstRow.includes(name)),
    ),
    ...buttonRow(job, [
      ...(hasLyrics ? [['lyrics', words.buttons.lyrics] as const] : []),
      ['edit', words.buttons.edit],
      ['versions', words.buttons.versions],
      ['delete', words.buttons.delete],
    ]),
  ];
}

/** Everything that can be done to a song of this platform now. */
function servedFor(job: Job, { catalogue, isServed, isMadeHere }: Offer): SongDeedName[] {
  return songDeedNames.filter((name) => {
    const key = actionFor(catalogue, name, platformOf(job.action));
    return isMadeHere(name) || (key !== undefined && isServed(key));
  });
}

function moreRow(job: Job, words: Words, served: readonly SongDeedName[]): Row[] {
  if (served.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: encodeCustomId('more', job.id),
          placeholder: words.buttons.more,
          options: served.slice(0, mostOptions).map((name) => ({
            label: words.deeds[name].label,
            value: name,
            description: words.deeds[name].hint,
          })),
        },
      ],
    },
  ];
}
