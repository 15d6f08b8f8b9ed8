import type { Command } from './command.ts';
import { deedOptions, required } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function mashup(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'mashup',
    description: 'Two songs in one',
    takesFile: false,
    options: [required(deedOptions.other), deedOptions.style, deedOptions.lyrics, deedOptions.title],
    deed: 'mashup',
  });
}
