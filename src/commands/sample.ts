import type { Command } from './command.ts';
import { deedOptions, required } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function sample(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'sample',
    description: 'A new song around a part of another',
    takesFile: true,
    options: [
      required(deedOptions.from),
      required(deedOptions.to),
      deedOptions.prompt,
      deedOptions.style,
      deedOptions.lyrics,
      deedOptions.title,
    ],
    deed: 'sample',
  });
}
