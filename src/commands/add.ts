import { ApplicationCommandOptionType as Type } from 'discord.js';
import type { Command } from './command.ts';
import { deedOptions } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

const added = {
  type: Type.String as const,
  name: 'part',
  description: 'What is added',
  required: true,
  choices: ['vocals', 'instrumental'].map((value) => ({ name: value, value })),
};

export function add(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'add',
    description: 'Add a voice or a band to a song',
    takesFile: true,
    options: [added, deedOptions.lyrics, deedOptions.style, deedOptions.from, deedOptions.to],
    deed: (values) => (values['part'] === 'vocals' ? 'add-vocals' : 'add-instrumental'),
  });
}
