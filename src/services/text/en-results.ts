/** What finished cards say, by the kind of their result. */
import { clock, plural } from './en-phrases.ts';

export const enResults = {
  results: {
    head: (what: string, title: string): string => (title === '' ? what : `${what}: ${title}`),
    bpm: (average: number, min: number | null, max: number | null): string => {
      const around = min === null || max === null || Math.round(min) === Math.round(max);
      const span = around ? '' : ` (between ${Math.round(min)} and ${Math.round(max)})`;
      return `About **${Math.round(average)} beats a minute**${span}.`;
    },
    downloaded: (title: string, format: string, seconds: number): string =>
      `**${title}** as ${format}, ${clock(seconds)} long.`,
    takenIn: 'It is among your songs now: cover it, extend it, split it.',
    keptThere:
      'The song service keeps it and sent no file of it. It is among your songs now, so you can go on from it: cover it, extend it, split it.',
    madeFrom: (label: string, title: string): string => `*${label}: ${title}*`,
    askedBy: 'Asked by',
    smaller: (name: string, url: string): string =>
      `**${name}** is too large to attach here, so this is a smaller copy: [the original](${url}). That address belongs to the song service and may stop working.`,
    spoiled: (names: string): string => `What came as ${names} can't be played.`,
    zipped: (zips: number): string => `The files are in the ${plural(zips, 'zip')} below.`,
    linksInFile:
      'What is too large to attach here is linked in `links.txt`. Those addresses belong to the song service and may stop working, so keep a copy.',
  },
};
