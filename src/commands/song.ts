import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { platforms, type SongInputs } from '../domain/song.ts';
import { orderSong, type SongOrder } from '../domain/song-order.ts';
import { newJob } from '../services/jobs/new-job.ts';
import type { Workshop } from '../services/jobs/workshop.ts';
import { en } from '../services/text/en.ts';
import { defineCommand, type Command } from './command.ts';

export interface SongNeeds {
  catalogue: Catalogue;
  workshop: Pick<Workshop, 'request'>;
}

export function song({ catalogue, workshop }: SongNeeds): Command {
  return defineCommand({
    definition: {
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
    answer: (options) => (options.private === true ? 'private' : 'public'),
    check(_visit, options) {
      order(options);
    },
    async run(visit, options) {
      await workshop.request(newJob(visit, order(options), catalogue, options.private === true));
      return undefined;
    },
  });

  function order({ engine, seed, private: _, ...words }: SongOptions): SongOrder {
    const inputs: SongInputs = { ...words, ...(seed === undefined ? {} : { seed: String(seed) }) };
    return orderSong(catalogue, engine, inputs);
  }
}

type SongOptions = Omit<SongInputs, 'seed'> & {
  engine?: (typeof platforms)[number];
  seed?: number;
  private?: boolean;
};

/** Both engines' models in one list: Discord's choices can't depend on another option (and hold 25 at most). */
function modelChoices(catalogue: Catalogue): { name: string; value: string }[] {
  return platforms
    .flatMap((platform) =>
      (catalogue[`${platform}/MUSIC`]?.models ?? []).map((model) => ({
        name: `${model} (${en.engineName(platform)})`,
        value: model,
      })),
    )
    .slice(0, 25);
}
