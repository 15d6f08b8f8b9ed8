import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { newJobId } from '../domain/ids.ts';
import { orderAction } from '../domain/song-order.ts';
import type { Orders } from '../services/jobs/orders.ts';
import { singForm } from '../services/jobs/song-forms.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import { defineCommand, type Command } from './command.ts';
import { deedOptions } from './deed-options.ts';

export interface LyricsNeeds {
  catalogue: Catalogue;
  orders: Orders;
  settings: Pick<SettingsStore, 'of'>;
}

/** With a prompt the song API writes; without one the member does, in a form, and has it sung. */
export function lyrics({ catalogue, orders, settings }: LyricsNeeds): Command {
  return defineCommand(
    {
      name: 'lyrics',
      description: 'Write lyrics: tell me what they are about, or leave that out and write your own',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        { type: Type.String, name: 'prompt', description: 'What they are about', max_length: 500 },
        deedOptions.engine,
        deedOptions.private,
      ],
    },
    (visit, { prompt, engine, private: quiet }) => {
      if (prompt === undefined)
        return {
          answer: 'form',
          form: singForm(newJobId(), { style: '', lyrics: '', title: '' }, visit.words),
        };
      const platform = engine ?? settings.of(visit.guildId).engine ?? 'producer';
      return orders.plan(visit, orderAction(catalogue, `${platform}/LYRICS`, { prompt }), quiet);
    },
  );
}
