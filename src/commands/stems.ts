import { ApplicationCommandOptionType as Type } from 'discord.js';
import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function stems(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'stems',
    description: 'Split a song into voice and instruments',
    takesFile: true,
    options: [
      { type: Type.Boolean, name: 'all', description: 'Every instrument by itself, not just voice and band' },
    ],
    deed: ({ all }) => (all === true ? 'stems-all' : 'stems'),
  });
}
