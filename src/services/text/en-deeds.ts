/** What can be done to songs, in words: on buttons, in selects, in forms, and when it can't be done. */
import type { DeedName } from '../../domain/deeds.ts';
import type { InputName } from '../../domain/song.ts';
import { clock, plural } from './en-phrases.ts';

const deeds: Record<DeedName, { label: string; hint: string }> = {
  song: { label: 'Song', hint: 'A new song' },
  lyrics: { label: 'Write lyrics', hint: 'Words for a song' },
  extend: { label: 'Extend', hint: 'Let it go on' },
  cover: { label: 'Cover', hint: 'The same song in another style' },
  variation: { label: 'Variation', hint: 'The same idea, played differently' },
  replace: { label: 'Replace a part', hint: 'Sing a part of it anew' },
  'swap-vocals': { label: 'New vocals', hint: 'Keep the band, change the voice' },
  'swap-instrumentals': { label: 'New band', hint: 'Keep the voice, change the band' },
  stems: { label: 'Stems', hint: 'Voice and band as files of their own' },
  'stems-all': { label: 'All stems', hint: 'Every instrument as a file of its own' },
  'add-vocals': { label: 'Add vocals', hint: 'Put a voice on top' },
  'add-instrumental': { label: 'Add a band', hint: 'Put instruments around the voice' },
  remaster: { label: 'Remaster', hint: 'Polish its sound' },
  mashup: { label: 'Mashup', hint: 'Mix it with another song' },
  sample: { label: 'Sample', hint: 'A new song around a part of it' },
  sound: { label: 'Sound', hint: 'A noise rather than a song' },
  midi: { label: 'MIDI', hint: 'Its notes as a file' },
  concat: { label: 'Join the parts', hint: 'The song and its extensions in one' },
  karaoke: { label: 'Karaoke', hint: 'When each word is sung' },
  bpm: { label: 'Tempo', hint: 'How fast it is' },
  acapella: { label: 'A cappella', hint: 'The voice alone' },
  tags: { label: 'Style words', hint: 'A few words turned into many' },
  video: { label: 'Video', hint: 'A video of it' },
  download: { label: 'Other format', hint: 'As m4a, mp3, wav or ogg' },
  upload: { label: 'Upload', hint: 'Take a file in' },
  persona: { label: 'Voice persona', hint: 'Keep its voice for other songs' },
  watch: { label: 'Watch', hint: 'Ask about tasks' },
};

const fields: Partial<Record<InputName, string>> & { otherClip: string } = {
  prompt: 'What it is about',
  style: 'How it should sound',
  lyrics: 'Lyrics',
  title: 'Title',
  from: 'Where it begins',
  to: 'Where it ends',
  strength: 'How much of the original stays',
  degree: 'How much is changed',
  format: 'Kind of file',
  name: 'What the voice is called',
  otherClip: 'The second song',
  tags: 'A few style words',
};

export const enDeeds = {
  deeds,
  fields,
  forms: {
    sing: 'Have it sung',
    edit: 'Change it and try again',
    deed: (label: string, title: string): string => (title === '' ? label : `${label}: ${title}`),
    position: '1:20, 80, or the words that are sung there',
    percent: 'In percent, 0 to 100',
  },
  duration: clock,
  /** How long ago, roughly: for places where Discord shows no live times. */
  ago(ms: number): string {
    const minutes = Math.floor(ms / 60_000);
    if (minutes < 1) return 'just now';
    if (minutes < 60) return `${plural(minutes, 'minute')} ago`;
    if (minutes < 60 * 24) return `${plural(Math.floor(minutes / 60), 'hour')} ago`;
    return `${plural(Math.floor(minutes / (60 * 24)), 'day')} ago`;
  },
  kept: (title: string): string => `"${title}" is among your favourites now.`,
  dropped: (title: string): string => `"${title}" is no longer among your favourites.`,
  which: (label: string): string => `${label}: of which take?`,
};
