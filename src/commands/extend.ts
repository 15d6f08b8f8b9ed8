import type { Command } from './command.ts';
import { deedOptions } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function extend(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'extend',
    description: 'Let a song go on',
    takesFile: true,
    options: [deedOptions.from, deedOptions.style, deedOptions.lyrics, deedOptions.title],
    deed: 'extend',
  });
}
