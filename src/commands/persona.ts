import type { Command } from './command.ts';
import { deedOptions, required } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function persona(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'persona',
    description: 'Keep the voice of a song for others',
    takesFile: false,
    options: [{ ...required(deedOptions.title), name: 'name', description: 'What the voice is called' }],
    deed: 'persona',
  });
}
