/** The list of commands. A file that isn't in it doesn't exist for Discord; a test compares it with the folder. */
import type { Command } from './command.ts';
import { help } from './help.ts';
import { jobs } from './jobs.ts';
import { song, type SongNeeds } from './song.ts';

export type CommandNeeds = SongNeeds & Parameters<typeof jobs>[0];

export function createCommands(needs: CommandNeeds): Command[] {
  return [song(needs), jobs(needs), help()];
}
