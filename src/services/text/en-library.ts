/** What is said about the songs that are kept, in English: a part of `en`. */
import { plural } from './en-phrases.ts';

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const enLibrary = {
  versions: {
    title: (name: string): string => `Versions of ${name}`,
    only: 'This is the only version so far. *Extend*, *Cover* and the like make more.',
    more: (count: number): string => `+${count} more`,
    here: 'this one',
    someone: 'someone',
    /** "12 Nov 2026, 18:20 UTC": a picture knows no reader's time zone. */
    when: (at: number): string => `${dates.format(at)} UTC`,
    picture: 'The versions as a tree',
  },

  exported: {
    fileName: (part: number): string => `songs${part === 1 ? '' : `-${part}`}`,
    part: (part: number, songs: number, linked: number): string => {
      const which = part === 1 ? '' : `Part ${part}: `;
      const without =
        linked === 0
          ? ''
          : ` ${linked} without audio, since it is too large or can't be fetched: the address is in the \`.json\` of the song.`;
      return `${which}${plural(songs, 'song')}.${without}`;
    },
  },

  removal: {
    ask: (title: string): string =>
      `Shall **${title}** be deleted? It leaves the library and everybody's favourites, for good.`,
    yes: 'Delete it',
  },
  removed: (title: string, isCardGone: boolean): string =>
    `"${title}" is deleted${isCardGone ? ', and its message with it' : ''}.`,

  songs: {
    titles: {
      mine: 'Your songs',
      server: "This server's songs",
      favourites: 'Your favourites',
      everything: 'Songs you can hear',
    },
    /** Under a list that was searched or filtered. */
    looksFor: (facts: readonly string[]): string => `Only: ${facts.join(' · ')}`,
    quoted: (words: string): string => `“${words}”`,
    footer: (count: number, page: number, pages: number): string =>
      `${plural(count, 'song')}${pages > 1 ? ` · page ${page} of ${pages}` : ''}`,
    none: {
      mine: 'You have no songs yet. `/song` makes one.',
      server: 'Nobody has made a song for all to hear in this server yet. `/song` makes one.',
      favourites: 'You have no favourites yet. The button *Favourite* under a song makes it one.',
      everything: 'There are no songs here yet. `/song` makes one.',
    },
    nothingFits: 'No song fits that. Try fewer words or filters.',
    private: '🔒',
    previous: '◀ Newer',
    next: 'Older ▶',
    show: 'Bring one back…',
  },
};
