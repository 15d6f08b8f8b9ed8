import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { quotaView } from '../services/quota/quota-view.ts';
import type { Standings } from '../services/quota/till.ts';
import type { Visit } from '../services/visit.ts';
import { defineCommand, type Command } from './command.ts';

export function quota(needs: { standings: (visit: Visit) => Promise<Standings> }): Command {
  return defineCommand(
    {
      name: 'quota',
      description: 'What you and this server have used, and what is left',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    },
    (visit) => ({
      answer: 'private',
      async run() {
        return quotaView(await needs.standings(visit), visit.words);
      },
    }),
  );
}
