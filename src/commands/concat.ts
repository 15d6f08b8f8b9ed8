import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function concat(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'concat',
    description: 'Join a song and its extensions into one',
    takesFile: false,
    options: [],
    deed: 'concat',
  });
}
