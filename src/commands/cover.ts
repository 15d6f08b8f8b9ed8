import type { Command } from './command.ts';
import { deedOptions, required } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function cover(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'cover',
    description: 'The same song in another style',
    takesFile: true,
    options: [required(deedOptions.style), deedOptions.lyrics, deedOptions.title, deedOptions.strength],
    deed: 'cover',
  });
}
