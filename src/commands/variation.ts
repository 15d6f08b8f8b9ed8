import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function variation(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'variation',
    description: 'The same idea once more, played differently',
    takesFile: true,
    options: [],
    deed: 'variation',
  });
}
