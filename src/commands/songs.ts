import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { deedNames, type DeedName } from '../domain/deeds.ts';
import { Refusal } from '../domain/errors.ts';
import { longestSearch, wordsFor, type Shelf } from '../domain/shelf.ts';
import { platforms, type Platform } from '../domain/song.ts';
import type { ExportSongs } from '../services/delivery/export-songs.ts';
import type { ShowAgain } from '../services/delivery/show-again.ts';
import type { Shelves } from '../services/library/shelves.ts';
import { removalView } from '../services/library/removal-view.ts';
import { requireOwner } from '../services/library/require-owner.ts';
import type { SongFinder } from '../services/library/song-finder.ts';
import { en } from '../services/text/en.ts';
import type { Reply, Visit } from '../services/visit.ts';
import { defineGroup, type Command } from './command.ts';
import { deedOptions } from './deed-options.ts';

export interface SongsNeeds {
  catalogue: Catalogue;
  shelves: Pick<Shelves, 'page'>;
  songs: Pick<SongFinder, 'resolve' | 'suggest'>;
  showAgain: Pick<ShowAgain, 'plan'>;
  exportSongs: Pick<ExportSongs, 'plan'>;
}

export function songs({ catalogue, shelves, songs: finder, showAgain, exportSongs }: SongsNeeds): Command {
  const engine = {
    type: Type.String,
    name: 'engine',
    description: 'Only songs of this engine',
    choices: platforms.map((value) => ({ name: en.engineName(value), value })),
  } as const;
  const kind = {
    type: Type.String,
    name: 'kind',
    description: 'Only songs that came about this way',
    choices: kindsIn(catalogue).map((value) => ({ name: en.deeds[value].label, value })),
  } as const;
  const song = { ...deedOptions.song, required: true } as const;
  return defineGroup(
    {
      name: 'songs',
      description: 'The songs that are kept: yours and those of this server',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          type: Type.Subcommand,
          name: 'list',
          description: 'All of them, the newest first',
          options: [
            {
              type: Type.String,
              name: 'whose',
              description: 'Yours, unless you say otherwise',
              choices: [
                { name: 'mine', value: 'mine' },
                { name: "this server's", value: 'server' },
                { name: 'my favourites', value: 'favourites' },
              ],
            },
            engine,
            kind,
          ],
        },
        {
          type: Type.Subcommand,
          name: 'search',
          description: 'By words of the title, the style or what it is about',
          options: [
            {
              type: Type.String,
              name: 'words',
              description: 'One or more, also parts of words',
              required: true,
              max_length: longestSearch,
            },
            engine,
            kind,
          ],
        },
        {
          type: Type.Subcommand,
          name: 'favourites',
          description: 'Those that you have marked as favourites',
          options: [engine, kind],
        },
        {
          type: Type.Subcommand,
          name: 'show',
          description: 'Bring a song back, with its files and all buttons',
          options: [song, deedOptions.private],
        },
        {
          type: Type.Subcommand,
          name: 'export',
          description: 'Your songs as zips: audio, lyrics, and what is known of them',
          options: [{ ...deedOptions.song, description: 'Only this one' }],
        },
        {
          type: Type.Subcommand,
          name: 'delete',
          description: 'Take a song out of the library, for good',
          options: [song],
        },
      ],
    },
    () => undefined,
    {
      list: (visit, { whose = 'mine', ...filters }) => {
        if (whose === 'server' && visit.guildId === null) throw new Refusal({ is: 'server-only' });
        return listed(visit, { whose, words: '', ...filters });
      },
      search: (visit, { words, ...filters }) => {
        const found = wordsFor(words);
        if (found === '') throw new Refusal({ is: 'empty', option: 'words' });
        return listed(visit, { whose: 'everything', words: found, ...filters });
      },
      favourites: (visit, filters) => listed(visit, { whose: 'favourites', words: '', ...filters }),
      show: async (visit, { song: typed, private: isPrivate }) =>
        showAgain.plan(visit, await finder.resolve(visit, typed), isPrivate),
      export: async (visit, { song: typed }) =>
        exportSongs.plan(visit, typed === undefined ? undefined : await finder.resolve(visit, typed)),
      delete: (visit, { song: typed }) => ({
        answer: 'private',
        async run() {
          const track = await finder.resolve(visit, typed);
          requireOwner(visit, track);
          return removalView(track, visit.words);
        },
      }),
    },
    { complete: (visit, option, typed) => (option === 'song' ? finder.suggest(visit, typed) : []) },
  );

  function listed(visit: Visit, { engine: by, kind: how, ...rest }: Wanted): Reply {
    const shelf = { ...rest, engine: by ?? null, kind: how ?? null };
    return { answer: 'private', run: () => shelves.page(visit, shelf, 1) };
  }
}

interface Wanted extends Pick<Shelf, 'whose' | 'words'> {
  engine?: Platform;
  kind?: DeedName;
}

/** What makes songs for the library, by any engine. Discord takes 25 choices. */
function kindsIn(catalogue: Catalogue): DeedName[] {
  const makers = new Set(
    Object.values(catalogue)
      .filter(({ yields }) => yields === 'clips' || yields === 'handle')
      .map(({ deed }) => deed),
  );
  return deedNames.filter((name) => makers.has(name)).slice(0, 25);
}
