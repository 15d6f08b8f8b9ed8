import type { Command } from './command.ts';
import { songCommand, type DeedNeeds } from './song-command.ts';

export function karaoke(needs: DeedNeeds): Command {
  return songCommand(needs, {
    name: 'karaoke',
    description: 'When each word is sung, as .lrc and .srt files',
    takesFile: true,
    options: [],
    deed: 'karaoke',
  });
}
