import { ApplicationCommandOptionType as Type } from 'discord.js';
import type { Command } from './command.ts';
import { deedOptions } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

const swapped = {
  type: Type.String as const,
  name: 'part',
  description: 'Which half is new',
  required: true,
  choices: ['vocals', 'instrumentals'].map((value) => ({ name: value, value })),
};

export function swap(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'swap',
    description: 'Sing a song anew, or play it anew, and keep the other half',
    takesFile: true,
    options: [swapped, deedOptions.style, deedOptions.lyrics, deedOptions.strength],
    deed: (values) => (values['part'] === 'vocals' ? 'swap-vocals' : 'swap-instrumentals'),
  });
}
