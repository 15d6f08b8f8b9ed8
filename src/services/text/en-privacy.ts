/** What people read about what is kept about them, and about the board, in English: a part of `en`. */
import { plural } from './en-phrases.ts';

export const enPrivacy = {
  privacy: {
    export: (requests: number, songs: number): string =>
      `This is all that I keep about you: ${plural(requests, 'request')}, ${plural(songs, 'song')}, your favourites, and what your credits were spent on.`,
    fileName: 'about-you.json',
    ask: [
      'This takes away all that you ever asked me for, in every server: your words, your songs in the library, your favourites, your name. It can’t be undone.',
      '',
      'Messages with your songs stay in their channels, without buttons that work: *Delete* the ones you don’t want first. How many credits were spent stays too, as bare numbers. The song service keeps its own records.',
    ].join('\n'),
    yes: 'Erase it all',
    erased: 'Done. I know nothing about you any more but how many credits were spent.',
  },

  board: {
    welcome: (stars: number): string =>
      `Songs that ${plural(stars, 'member')} made a favourite appear here from now on.`,
    stars: (count: number): string => `⭐ ${count}`,
    by: (userId: string): string => `Asked by <@${userId}>`,
    listen: (link: string): string => `[Listen](${link})`,
  },
};
