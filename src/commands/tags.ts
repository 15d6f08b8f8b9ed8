import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { orderAction } from '../domain/song-order.ts';
import type { Orders } from '../services/jobs/orders.ts';
import { defineCommand, type Command } from './command.ts';
import { deedOptions } from './deed-options.ts';

export function tags({ catalogue, orders }: { catalogue: Catalogue; orders: Orders }): Command {
  return defineCommand(
    {
      name: 'tags',
      description: 'Turn a few style words into a full description',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          type: Type.String,
          name: 'tags',
          description: 'A few words: "jazz, smooth, saxophone"',
          required: true,
          max_length: 1000,
        },
        deedOptions.private,
      ],
    },
    (visit, { tags: words, private: quiet }) =>
      orders.plan(visit, orderAction(catalogue, 'suno/UPSAMPLE_TAGS', { tags: words }), quiet),
  );
}
