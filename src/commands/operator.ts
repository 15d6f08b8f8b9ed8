import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { Refusal } from '../domain/errors.ts';
import { snowflakePattern } from '../domain/ids.ts';
import { largestCredits } from '../domain/quota.ts';
import type { Steward } from '../services/quota/steward.ts';
import { totalsView } from '../services/quota/totals-view.ts';
import type { Plan, View } from '../services/visit.ts';
import { allowanceOptions } from './allowance-options.ts';
import { defineGroup, type Command } from './command.ts';

export interface OperatorNeeds {
  steward: Steward;
  ownerIds: readonly string[];
  /** The servers in which the command exists; others never see it. */
  operatorGuildIds: readonly string[];
}

const listedGuilds = 15;

export function operator({ steward, ownerIds, operatorGuildIds }: OperatorNeeds): Command {
  const server = {
    type: Type.String,
    name: 'server',
    description: "The server's id",
    required: true,
    min_length: 17,
    max_length: 20,
  } as const;
  const person = { type: Type.User, name: 'user', description: 'Wherever they are', required: true } as const;
  return defineGroup(
    {
      name: 'operator',
      description: 'For the people who run this bot',
      default_member_permissions: '0',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
      options: [
        { type: Type.Subcommand, name: 'totals', description: 'The servers that spent most this month' },
        {
          type: Type.Subcommand,
          name: 'ceiling',
          description: "What a server's admins can't go beyond",
          options: [server, ...allowanceOptions],
        },
        {
          type: Type.Subcommand,
          name: 'grant',
          description: 'Credits on top for a server, until its period ends',
          options: [
            server,
            {
              type: Type.Integer,
              name: 'credits',
              description: 'How many credits',
              required: true,
              min_value: 1,
              max_value: largestCredits,
            },
          ],
        },
        {
          type: Type.Subcommand,
          name: 'block-server',
          description: 'No songs for a server',
          options: [server],
        },
        {
          type: Type.Subcommand,
          name: 'unblock-server',
          description: 'Songs again for a server',
          options: [server],
        },
        {
          type: Type.Subcommand,
          name: 'block',
          description: 'No songs for a person, anywhere',
          options: [person],
        },
        {
          type: Type.Subcommand,
          name: 'unblock',
          description: 'Songs again for a person',
          options: [person],
        },
      ],
    },
    (visit) => {
      if (!ownerIds.includes(visit.userId) || !operatorGuildIds.includes(visit.guildId ?? ''))
        throw new Refusal({ is: 'operators-only' });
    },
    {
      totals: ({ words }) => privately(async () => totalsView(await steward.totals(listedGuilds), words)),
      ceiling: ({ userId, words }, { server: guildId, ...ceiling }) =>
        privately(async () => {
          await steward.setCeiling({ userId, guildId: guild(guildId) }, ceiling);
          return { content: words.operator.ceilingSet(guildId, ceiling) };
        }),
      grant: ({ userId, words }, { server: guildId, credits }) =>
        privately(async () => {
          await steward.grantGuild({ userId, guildId: guild(guildId) }, credits);
          return { content: words.operator.granted(guildId, credits) };
        }),
      'block-server': ({ userId, words }, { server: guildId }) =>
        privately(async () => {
          await steward.blockGuild({ userId, guildId: guild(guildId) }, true);
          return { content: words.operator.blocked(guildId) };
        }),
      'unblock-server': ({ userId, words }, { server: guildId }) =>
        privately(async () => {
          await steward.blockGuild({ userId, guildId: guild(guildId) }, false);
          return { content: words.operator.unblocked(guildId) };
        }),
      block: ({ userId, words }, { user }) =>
        privately(async () => {
          await steward.blockPerson(userId, user, true);
          return { content: words.operator.blocked(`<@${user}>`) };
        }),
      unblock: ({ userId, words }, { user }) =>
        privately(async () => {
          await steward.blockPerson(userId, user, false);
          return { content: words.operator.unblocked(`<@${user}>`) };
        }),
    },
    { guildIds: operatorGuildIds },
  );
}

const privately = (run: () => Promise<View>): Plan => ({ answer: 'private', run });

function guild(id: string): string {
  if (!snowflakePattern.test(id)) throw new Refusal({ is: 'bad-option', option: 'server' });
  return id;
}
