import type { Command } from './command.ts';
import { deedOptions, required } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function replace(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'replace',
    description: 'Sing a part of a song anew',
    takesFile: false,
    options: [required(deedOptions.from), deedOptions.to, deedOptions.lyrics, deedOptions.style],
    deed: 'replace',
  });
}
