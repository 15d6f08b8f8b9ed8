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

const keys = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** A noise rather than a song: a bell, rain, a drum loop. */
export function sound({ catalogue, orders }: { catalogue: Catalogue; orders: Orders }): Command {
  return defineCommand(
    {
      name: 'sound',
      description: 'Make a sound: a bell, rain on a roof, a drum loop',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        { ...deedOptions.prompt, name: 'prompt', description: 'What is heard', required: true },
        {
          type: Type.String,
          name: 'type',
          description: 'Once, or to be repeated without a seam',
          choices: [
            { name: 'once', value: 'one-shot' },
            { name: 'loop', value: 'loop' },
          ],
        },
        { type: Type.Integer, name: 'bpm', description: 'Beats a minute', min_value: 1, max_value: 300 },
        {
          type: Type.String,
          name: 'key',
          description: 'Its key, "m" for minor',
          choices: keys.flatMap((key) => [key, `${key}m`]).map((value) => ({ name: value, value })),
        },
        deedOptions.private,
      ],
    },
    (visit, { type, key, bpm, prompt, private: quiet }) => {
      const inputs = { prompt: prompt, soundType: type, bpm, key };
      return orders.plan(visit, orderAction(catalogue, 'suno/SOUNDS', inputs), quiet);
    },
  );
}
