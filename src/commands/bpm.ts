import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function bpm(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'bpm',
    description: 'How fast a song is',
    takesFile: true,
    options: [],
    deed: 'bpm',
  });
}
