/** What all commands that do something to a song have in common: which song, or which file, and the deed's own wishes. */
import {
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
} from 'discord.js';
import type { SongDeedName } from '../domain/deeds.ts';
import { Refusal } from '../domain/errors.ts';
import type { Platform } from '../domain/song.ts';
import type { DeedDesk, Subject, Wishes } from '../services/jobs/deed-desk.ts';
import type { SongFinder } from '../services/library/song-finder.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import type { Visit } from '../services/visit.ts';
import type { Command, OptionValues } from './command.ts';
import { deedOptions, required } from './deed-options.ts';

export interface DeedNeeds {
  deedDesk: DeedDesk;
  songs: Pick<SongFinder, 'resolve' | 'suggest'>;
  settings: Pick<SettingsStore, 'of'>;
}

export interface SongCommandSpec {
  name: string;
  description: string;
  /** Also for files that a member brings. */
  takesFile: boolean;
  /** Besides song, file, engine and private. */
  options: readonly APIApplicationCommandBasicOption[];
  deed: SongDeedName | ((values: OptionValues) => SongDeedName);
}

export function songCommand({ deedDesk, songs, settings }: DeedNeeds, spec: SongCommandSpec): Command {
  const { name, description, takesFile } = spec;
  const options = [
    takesFile ? deedOptions.song : required(deedOptions.song),
    ...spec.options,
    ...(takesFile ? [deedOptions.file, deedOptions.engine] : []),
    deedOptions.private,
  ];
  return {
    definition: {
      name,
      description,
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      // Discord wants what is required first.
      options: options.toSorted((a, b) => Number(isRequired(b)) - Number(isRequired(a))),
    },
    async plan(visit, values) {
      const deed = typeof spec.deed === 'function' ? spec.deed(values) : spec.deed;
      const subject = await subjectOf(visit, values);
      const other =
        typeof values['other'] === 'string' ? await songs.resolve(visit, values['other']) : undefined;
      const isPrivate = typeof values['private'] === 'boolean' ? values['private'] : undefined;
      return deedDesk.plan(visit, deed, subject, wishesOf(values), { other, isPrivate });
    },
    async complete(visit, option, typed) {
      return option === 'song' || option === 'other' ? songs.suggest(visit, typed) : [];
    },
  };

  async function subjectOf(visit: Visit, values: OptionValues): Promise<Subject> {
    const { song, file, engine } = values;
    if ((song === undefined) === (file === undefined)) throw new Refusal({ is: 'song-or-file' });
    if (typeof song === 'string') return { track: await songs.resolve(visit, song) };
    const sent = visit.attachments.find(({ id }) => id === file);
    if (sent === undefined) throw new Refusal({ is: 'bad-option', option: 'file' });
    return { file: sent, platform: platformFor(engine, visit) };
  }

  function platformFor(engine: unknown, visit: Visit): Platform {
    return (engine as Platform | undefined) ?? settings.of(visit.guildId).engine ?? 'producer';
  }
}

const isRequired = (option: APIApplicationCommandBasicOption): boolean =>
  'required' in option && option.required;

/** Options carry the names of the inputs; only a percentage becomes a share of one. */
function wishesOf(values: OptionValues): Wishes {
  const {
    song: _,
    other: __,
    file: ___,
    engine: ____,
    private: _____,
    all: ______,
    part: _______,
    ...rest
  } = values;
  const { strength } = rest;
  return { ...rest, ...(typeof strength === 'number' ? { strength: strength / 100 } : {}) };
}
