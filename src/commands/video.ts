import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function video(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'video',
    description: 'A video of a song',
    takesFile: false,
    options: [],
    deed: 'video',
  });
}
