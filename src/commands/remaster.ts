import type { Command } from './command.ts';
import { deedOptions } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function remaster(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'remaster',
    description: 'Polish the sound of a song',
    takesFile: true,
    options: [deedOptions.degree],
    deed: 'remaster',
  });
}
