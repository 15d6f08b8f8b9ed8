import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function midi(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'midi',
    description: 'The notes of a song as a MIDI file',
    takesFile: true,
    options: [],
    deed: 'midi',
  });
}
