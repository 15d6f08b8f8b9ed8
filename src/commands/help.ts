import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { defineCommand, type Command } from './command.ts';

export function help(): Command {
  return defineCommand(
    {
      name: 'help',
      description: 'What I can do',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    },
    ({ words }) => ({
      answer: 'private',
      async run() {
        return { embeds: [{ title: words.help.title, description: words.help.lines.join('\n') }] };
      },
    }),
  );
}
