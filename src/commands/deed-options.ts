/** Options that several commands share, so that the same thing is asked for in the same words everywhere. */
import { ApplicationCommandOptionType as Type, type APIApplicationCommandBasicOption } from 'discord.js';
import { platforms } from '../domain/song.ts';
import { en } from '../services/text/en.ts';

const text = <const N extends string>(name: N, description: string, maxLength: number) => ({
  type: Type.String as const,
  name,
  description,
  max_length: maxLength,
});

export const deedOptions = {
  song: {
    type: Type.String,
    name: 'song',
    description: 'Which song: type a few letters of its title',
    autocomplete: true,
    max_length: 100,
  },
  other: {
    type: Type.String,
    name: 'other',
    description: 'The second song',
    autocomplete: true,
    max_length: 100,
  },
  file: { type: Type.Attachment, name: 'file', description: 'Your own audio, up to 4 minutes' },
  prompt: text('prompt', 'What it is about and how it should feel', 500),
  style: text('style', 'How it should sound: "lofi, piano, female vocal"', 1000),
  lyrics: text('lyrics', 'Words to sing; [Verse] and [Chorus] mark the parts', 5000),
  title: text('title', 'What it is called', 80),
  from: text('from', 'Where it begins: 1:20, 80, or the words that are sung there', 200),
  to: text('to', 'Where it ends: 1:40, 100, or the words that are sung there', 200),
  strength: {
    type: Type.Integer,
    name: 'strength',
    description: 'How much of the original stays, in percent',
    min_value: 0,
    max_value: 100,
  },
  degree: {
    type: Type.String,
    name: 'degree',
    description: 'How much is changed',
    choices: ['subtle', 'normal', 'high'].map((value) => ({ name: value, value })),
  },
  format: {
    type: Type.String,
    name: 'format',
    description: 'Which kind of file',
    choices: ['m4a', 'mp3', 'wav', 'ogg'].map((value) => ({ name: value, value })),
  },
  engine: {
    type: Type.String,
    name: 'engine',
    description: 'Who works on it',
    choices: platforms.map((value) => ({ name: en.engineName(value), value })),
  },
  private: { type: Type.Boolean, name: 'private', description: 'Only you see the result' },
} as const satisfies Record<string, APIApplicationCommandBasicOption>;

export function required(option: APIApplicationCommandBasicOption): APIApplicationCommandBasicOption {
  return { ...option, required: true };
}
