/** One page of songs as a list, with buttons that turn it and a select that brings a song back. */
import { encodeCustomId, encodePageId } from '../../domain/custom-id.ts';
import { shorten } from '../../domain/limits.ts';
import { lastPage, type Shelf } from '../../domain/shelf.ts';
import type { Track } from '../../domain/track.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';
import { trackLabel } from './song-finder.ts';

/** How many songs a page has. */
export const songsOnPage = 10;
const longestTitle = 60;
/** Discord's component types and styles (components/reference). */
const component = { row: 1, button: 2, select: 3 };
const secondary = 2;

export interface ShelfPage {
  shelf: Shelf;
  /** From 1. */
  page: number;
  tracks: readonly Track[];
  /** Of the whole shelf. */
  count: number;
  /** What somebody calls the way a track came about: "Cover". */
  kindOf: (track: Track) => string;
}

export function shelfView(
  { shelf, page, tracks, count, kindOf }: ShelfPage,
  words: Words,
  now: number,
): View {
  const { songs } = words;
  const facts = [
    ...(shelf.words === '' ? [] : [songs.quoted(shelf.words)]),
    ...(shelf.kind === null ? [] : [words.deeds[shelf.kind].label]),
    ...(shelf.engine === null ? [] : [words.engineName(shelf.engine)]),
  ];
  const filter = facts.length === 0 ? [] : [songs.looksFor(facts), ''];
  const pages = Math.max(1, Math.ceil(count / songsOnPage));
  if (tracks.length === 0) {
    const sentence = facts.length === 0 ? songs.none[shelf.whose] : songs.nothingFits;
    return {
      embeds: [{ title: songs.titles[shelf.whose], description: [...filter, sentence].join('\n') }],
      components: [],
    };
  }
  const lines = tracks.map((track, index) => {
    const number = (page - 1) * songsOnPage + index + 1;
    const about = [
      ...(track.seconds === null ? [] : [words.duration(track.seconds)]),
      words.engineName(track.platform),
      kindOf(track),
      ...(shelf.whose === 'mine' ? [] : [`<@${track.userId}>`]),
      `<t:${Math.round(track.createdAt / 1000)}:R>`,
      ...(track.private ? [songs.private] : []),
    ];
    return `${number}. **${titleOf(track, words)}** · ${about.join(' · ')}`;
  });
  return {
    embeds: [
      {
        title: songs.titles[shelf.whose],
        description: [...filter, ...lines].join('\n'),
        footer: { text: songs.footer(count, page, pages) },
      },
    ],
    components: [showRow(tracks, words, now), ...turnRow(shelf, page, pages, words)],
  };
}

function titleOf({ title, take }: Track, words: Words): string {
  const name = title === '' ? words.card.untitled : title;
  // Markdown would run on into the rest of the line.
  const plain = shorten(name.replaceAll(/[[\]\n\r*`_~|<>\\]/g, ' ').trim(), longestTitle);
  return take > 1 ? `${plain} (${words.card.take(take)})` : plain;
}

function showRow(tracks: readonly Track[], words: Words, now: number): object {
  return {
    type: component.row,
    components: [
      {
        type: component.select,
        // The song is the value; the id has to be one of ours and unique in the message.
        custom_id: encodeCustomId('show', tracks[0]?.id ?? ''),
        placeholder: words.songs.show,
        options: tracks.map((track) => ({ label: trackLabel(track, words, now), value: track.id })),
      },
    ],
  };
}

function turnRow(shelf: Shelf, page: number, pages: number, words: Words): object[] {
  if (pages === 1) return [];
  const button = (label: string, to: number, disabled: boolean): object => ({
    type: component.button,
    style: secondary,
    label,
    custom_id: encodePageId(shelf, to),
    disabled,
  });
  return [
    {
      type: component.row,
      components: [
        button(words.songs.previous, page - 1, page === 1),
        button(words.songs.next, page + 1, page >= Math.min(pages, lastPage)),
      ],
    },
  ];
}
