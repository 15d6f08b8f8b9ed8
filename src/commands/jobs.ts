import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { jobsView, listedJobs } from '../services/jobs/jobs-view.ts';
import type { JobTable } from '../services/storage/job-table.ts';
import { defineCommand, type Command } from './command.ts';

export function jobs(needs: { jobs: Pick<JobTable, 'ofMember'> }): Command {
  return defineCommand(
    {
      name: 'jobs',
      description: 'What you asked for here and how it is getting on',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    },
    (visit) => ({
      answer: 'private',
      async run() {
        return jobsView(await needs.jobs.ofMember(visit.userId, visit.guildId, listedJobs), visit.words);
      },
    }),
  );
}
