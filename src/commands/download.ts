import type { Command } from './command.ts';
import { deedOptions, required } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function download(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'download',
    description: 'A song as another kind of file',
    takesFile: false,
    options: [required(deedOptions.format)],
    deed: 'download',
  });
}
