import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { platforms, type SongInputs } from '../domain/song.ts';
import { orderSong } from '../domain/song-order.ts';
import type { Orders } from '../services/jobs/orders.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import { en } from '../services/text/en.ts';
import { defineCommand, type Command } from './command.ts';
import { modelChoices } from './model-choices.ts';

export interface SongNeeds {
  catalogue: Catalogue;
  orders: Orders;
  settings: SettingsStore;
}

export function song(needs: SongNeeds): Command {
  const { catalogue, orders, settings } = needs;
  return defineCommand(
    {
      name: 'song',
      description: 'Make a song: say what it should be about',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          type: Type.String,
          name: 'prompt',
          description: 'What it is about and how it should feel',
          required: true,
          min_length: 1,
          max_length: 2000,
        },
        {
          type: Type.String,
          name: 'style',
          description: 'Genre, instruments, voice: "lofi, piano, female vocal"',
          max_length: 1000,
        },
        {
          type: Type.String,
          name: 'lyrics',
          description: 'Words to sing; [Verse] and [Chorus] mark the parts',
          max_length: 5000,
        },
        { type: Type.String, name: 'title', description: 'What it is called', max_length: 80 },
        { type: Type.Boolean, name: 'instrumental', description: 'Without a voice' },
        {
          type: Type.String,
          name: 'engine',
          description: 'Who makes it',
          choices: platforms.map((value) => ({ name: en.engineName(value), value })),
        },
        {
          type: Type.String,
          name: 'model',
          description: 'Which model of the engine',
          choices: modelChoices(catalogue),
        },
        {
          type: Type.Integer,
          name: 'seed',
          description: 'The same seed and words give much the same song',
          min_value: 0,
          max_value: Number.MAX_SAFE_INTEGER,
        },
        { type: Type.Boolean, name: 'private', description: 'Only you see the song' },
      ],
    },
    (visit, { engine, seed, private: isPrivate, ...words }) => {
      const inputs: SongInputs = { ...words, ...(seed === undefined ? {} : { seed: String(seed) }) };
      return orders.plan(visit, orderSong(catalogue, engine, inputs, settings.of(visit.guildId)), isPrivate);
    },
  );
}
