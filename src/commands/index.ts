/** The list of commands. A file that isn't in it doesn't exist for Discord; a test compares it with the folder. */
import type { Command } from './command.ts';
import { help } from './help.ts';
import { jobs } from './jobs.ts';
import { operator, type OperatorNeeds } from './operator.ts';
import { quotaAdmin, type QuotaAdminNeeds } from './quota-admin.ts';
import { quota } from './quota.ts';
import { settings } from './settings.ts';
import { song, type SongNeeds } from './song.ts';

export type CommandNeeds = SongNeeds & QuotaAdminNeeds & OperatorNeeds & Parameters<typeof jobs>[0];

export function createCommands(needs: CommandNeeds): Command[] {
  const everywhere = [song(needs), jobs(needs), quota(needs), quotaAdmin(needs), settings(needs), help()];
  return needs.operatorGuildIds.length === 0 ? everywhere : [...everywhere, operator(needs)];
}
