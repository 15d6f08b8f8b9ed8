import type { Command } from './command.ts';
import { deedOptions } from './deed-options.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function acapella(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'acapella',
    description: 'The voice of a song alone',
    takesFile: true,
    options: [deedOptions.from, deedOptions.to],
    deed: 'acapella',
  });
}
