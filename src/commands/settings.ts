import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { Refusal } from '../domain/errors.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import { checkTimeZone } from '../domain/period.ts';
import { platforms } from '../domain/song.ts';
import type { Steward } from '../services/quota/steward.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import { en } from '../services/text/en.ts';
import type { Plan, Visit } from '../services/visit.ts';
import { defineGroup, type Command } from './command.ts';
import { modelChoices } from './model-choices.ts';
import { requireAdmin } from './require-admin.ts';

const manageServer = String(1n << 5n);
const mostWords = 200;

export function settings(needs: {
  settings: SettingsStore;
  steward: Steward;
  catalogue: Catalogue;
  post: (channelId: string, message: { embeds: object[] }) => Promise<void>;
}): Command {
  const onOff = { type: Type.Boolean, name: 'on', description: 'On or off', required: true } as const;
  return defineGroup(
    {
      name: 'settings',
      description: 'How songs are made in this server',
      default_member_permissions: manageServer,
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
      options: [
        { type: Type.Subcommand, name: 'show', description: 'All settings' },
        {
          type: Type.Subcommand,
          name: 'channel',
          description: 'Allow songs in a channel, or no longer; with none allowed, all are',
          options: [
            {
              type: Type.Channel,
              name: 'channel',
              description: 'A text channel of this server',
              required: true,
              channel_types: [ChannelType.GuildText, ChannelType.PublicThread, ChannelType.GuildVoice],
            },
            { type: Type.Boolean, name: 'allowed', description: 'Yes or no longer', required: true },
          ],
        },
        {
          type: Type.Subcommand,
          name: 'engine',
          description: 'Who makes a song unless the member says otherwise',
          options: [
            {
              type: Type.String,
              name: 'engine',
              description: 'Leave out for my own choice',
              choices: platforms.map((value) => ({ name: en.engineName(value), value })),
            },
            {
              type: Type.String,
              name: 'model',
              description: 'One of the engine’s models',
              choices: modelChoices(needs.catalogue),
            },
          ],
        },
        {
          type: Type.Subcommand,
          name: 'private-results',
          description: 'Songs are seen by their member only, unless they say otherwise',
          options: [onOff],
        },
        {
          type: Type.Subcommand,
          name: 'voice-preview',
          description: 'After each song its beginning as a voice message, which plays on phones',
          options: [onOff],
        },
        {
          type: Type.Subcommand,
          name: 'confirm-price',
          description: 'Ask before something that costs more than a plain song',
          options: [onOff],
        },
        {
          type: Type.Subcommand,
          name: 'time-zone',
          description: 'When days, weeks and months begin here',
          options: [
            {
              type: Type.String,
              name: 'zone',
              description: 'Like Europe/Berlin',
              required: true,
              autocomplete: true,
              max_length: 60,
            },
          ],
        },
        {
          type: Type.Subcommand,
          name: 'words',
          description: 'Words that a request must not contain',
          options: [
            {
              type: Type.String,
              name: 'list',
              description: 'Separated by commas; leave out to allow all words again',
              max_length: 4000,
            },
          ],
        },
        {
          type: Type.Subcommand,
          name: 'board',
          description: 'Where songs appear that several members made a favourite',
          options: [
            {
              type: Type.Channel,
              name: 'channel',
              description: 'Leave out to have no board',
              channel_types: [ChannelType.GuildText],
            },
            {
              type: Type.Integer,
              name: 'stars',
              description: 'How many members must like a song; 3 unless you say otherwise',
              min_value: 1,
              max_value: 1000,
            },
          ],
        },
        {
          type: Type.Subcommand,
          name: 'audit-channel',
          description: 'Where changes and budget alarms are posted',
          options: [
            {
              type: Type.Channel,
              name: 'channel',
              description: 'Leave out to post them nowhere',
              channel_types: [ChannelType.GuildText],
            },
          ],
        },
      ],
    },
    requireAdmin,
    {
      show: (visit) => shown(visit, async () => needs.settings.of(visit.guildId)),
      channel: (visit, { channel, allowed }) =>
        change(visit, (old) => {
          ofThisServer(visit, channel, 'channel');
          const others = old.channels.filter((id) => id !== channel);
          return { ...old, channels: allowed ? [...others, channel].slice(-50) : others };
        }),
      engine: (visit, { engine = null, model = null }) =>
        change(visit, (old) => {
          const known =
            engine === null || model === null || needs.catalogue[`${engine}/MUSIC`]?.models.includes(model);
          if (!known)
            throw new Refusal({ is: 'model-of-other-engine', model: model ?? '', engine: engine ?? '' });
          return { ...old, engine, model };
        }),
      'private-results': (visit, { on }) => change(visit, (old) => ({ ...old, privateResults: on })),
      'voice-preview': (visit, { on }) => change(visit, (old) => ({ ...old, voicePreview: on })),
      'confirm-price': (visit, { on }) => change(visit, (old) => ({ ...old, confirmPrice: on })),
      'time-zone': (visit, { zone }) =>
        shown(visit, async () => {
          if (!isTimeZone(zone)) throw new Refusal({ is: 'no-such-time-zone' });
          await needs.steward.setTimeZone({ userId: visit.userId, guildId: visit.guildId ?? '' }, zone);
          return needs.settings.of(visit.guildId);
        }),
      words: (visit, { list = '' }) =>
        change(visit, (old) => {
          const words = list
            .normalize('NFKC')
            .toLowerCase()
            .split(',')
            .map((word) => word.trim())
            .filter((word) => /[\p{L}\p{N}]/u.test(word));
          return { ...old, words: [...new Set(words)].slice(0, mostWords) };
        }),
      board: (visit, { channel = null, stars = 3 }) =>
        shown(visit, async () => {
          if (channel !== null) await greet(visit, channel, stars);
          const board = channel === null ? null : { channel, stars };
          return needs.settings.change(visit.guildId ?? '', (old) => ({ ...old, board }));
        }),
      'audit-channel': (visit, { channel = null }) =>
        change(visit, (old) => {
          if (channel !== null) ofThisServer(visit, channel, 'channel');
          return { ...old, auditChannel: channel };
        }),
    },
    {
      complete: (_visit, option, typed) => (option === 'zone' ? timeZonesLike(typed) : []),
    },
  );

  /** Shows whether the bot may post there, better than any permission that is looked up. */
  async function greet(visit: Visit, channel: string, stars: number): Promise<void> {
    ofThisServer(visit, channel, 'channel');
    try {
      await needs.post(channel, { embeds: [{ description: visit.words.board.welcome(stars) }] });
    } catch (error) {
      visit.log.info({ err: error }, 'the board could not be greeted');
      throw new Refusal({ is: 'cannot-post-there', channel });
    }
  }

  function change(visit: Visit, how: (old: GuildSettings) => GuildSettings): Plan {
    return shown(visit, () => needs.settings.change(visit.guildId ?? '', how));
  }

  function shown(visit: Visit, read: () => Promise<GuildSettings>): Plan {
    return {
      answer: 'private',
      async run() {
        const { title, rows } = visit.words.settings;
        const all = rows(await read(), await needs.steward.timeZoneOf(visit.guildId ?? ''));
        return {
          embeds: [{ title, description: all.map(([name, value]) => `**${name}** · ${value}`).join('\n') }],
        };
      },
    };
  }
}

function isTimeZone(zone: string): boolean {
  try {
    checkTimeZone(zone);
    return true;
  } catch {
    return false;
  }
}

function ofThisServer(visit: Visit, id: string, option: string): void {
  if (!visit.confirmed.has(id)) throw new Refusal({ is: 'bad-option', option });
}

function timeZonesLike(typed: string): string[] {
  const wanted = typed.toLowerCase().replaceAll(' ', '_');
  return ['UTC', ...Intl.supportedValuesOf('timeZone')].filter((zone) => zone.toLowerCase().includes(wanted));
}
