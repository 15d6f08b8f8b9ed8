import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
} from 'discord.js';
import { plainPrice, type Catalogue } from '../domain/actions.ts';
import { encodeCustomId } from '../domain/custom-id.ts';
import { Refusal } from '../domain/errors.ts';
import { forbiddenWord, type GuildSettings } from '../domain/guild-settings.ts';
import { platforms, type SongInputs } from '../domain/song.ts';
import { orderSong } from '../domain/song-order.ts';
import type { Orders } from '../services/jobs/orders.ts';
import type { Standings } from '../services/quota/till.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import { en, type Words } from '../services/text/en.ts';
import type { View, Visit } from '../services/visit.ts';
import { defineCommand, type Command } from './command.ts';
import { modelChoices } from './model-choices.ts';

export interface SongNeeds {
  catalogue: Catalogue;
  orders: Orders;
  settings: SettingsStore;
  /** What the member and the server have left, for the question about a price. */
  standings: (visit: Visit) => Promise<Standings>;
}

export function song(needs: SongNeeds): Command {
  const { catalogue, orders, settings, standings } = needs;
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
      const house = settings.of(visit.guildId);
      checkHouseRules(house, visit, [words.prompt, words.style, words.lyrics, words.title]);
      const inputs: SongInputs = { ...words, ...(seed === undefined ? {} : { seed: String(seed) }) };
      const order = orderSong(catalogue, engine, inputs, house);
      const quiet = isPrivate ?? house.privateResults;
      const price = catalogue[order.action]?.price ?? 0;

      if (house.confirmPrice && price > plainPrice(catalogue))
        return {
          answer: 'private',
          async run() {
            const { spendable } = await standings(visit);
            return askPrice(await orders.setAside(visit, order), price, spendable, quiet, visit.words);
          },
        };
      return {
        answer: quiet ? 'private' : 'public',
        async run() {
          await orders.place(visit, order, quiet);
          return undefined;
        },
      };
    },
  );
}

/** Channels and words that the server's admins have set. Throws `Refusal`, before anything is held. */
function checkHouseRules(house: GuildSettings, visit: Visit, texts: readonly (string | undefined)[]): void {
  if (house.channels.length > 0 && !house.channels.includes(visit.channelId))
    throw new Refusal({ is: 'other-channels', channels: house.channels });
  if (forbiddenWord(house.words, texts) !== undefined) throw new Refusal({ is: 'forbidden-word' });
}

function askPrice(orderId: string, price: number, spendable: number, quiet: boolean, words: Words): View {
  return {
    content: words.price.ask(price, spendable),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Primary,
            label: words.price.yes(price),
            custom_id: encodeCustomId(quiet ? 'confirm-private' : 'confirm', orderId),
          },
        ],
      },
    ],
  };
}
