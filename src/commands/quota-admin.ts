import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Catalogue } from '../domain/actions.ts';
import { Refusal } from '../domain/errors.ts';
import { largestCredits } from '../domain/quota.ts';
import { auditView } from '../services/quota/audit-view.ts';
import { reportView } from '../services/quota/report-view.ts';
import type { Steward } from '../services/quota/steward.ts';
import type { Plan, View, Visit } from '../services/visit.ts';
import { allowanceOptions } from './allowance-options.ts';
import { defineGroup, type Command } from './command.ts';
import { requireAdmin } from './require-admin.ts';

export interface QuotaAdminNeeds {
  steward: Steward;
  catalogue: Catalogue;
  /** A server was paused or goes on: waiting songs start, or say why they don't. */
  onPause: (guildId: string) => Promise<void>;
}

const manageServer = String(1n << 5n);
const auditedEntries = 15;

export function quotaAdmin({ steward, catalogue, onPause }: QuotaAdminNeeds): Command {
  const user = {
    type: Type.User,
    name: 'user',
    description: 'A member of this server',
    required: true,
  } as const;
  const role = {
    type: Type.Role,
    name: 'role',
    description: '@everyone is the default',
    required: true,
  } as const;
  return defineGroup(
    {
      name: 'quota-admin',
      description: 'What this server and its members may spend',
      default_member_permissions: manageServer,
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
      options: [
        {
          type: Type.Subcommand,
          name: 'show',
          description: 'What was spent, by whom, on what, and how long it lasts',
        },
        {
          type: Type.Subcommand,
          name: 'guild',
          description: "The server's allowance, under the bot operator's ceiling",
          options: [...allowanceOptions],
        },
        {
          type: Type.Subcommand,
          name: 'user',
          description: "A member's own allowance; the most generous of all that apply counts",
          options: [user, ...allowanceOptions],
        },
        {
          type: Type.Subcommand,
          name: 'role',
          description: 'An allowance for each member with this role',
          options: [role, ...allowanceOptions],
        },
        {
          type: Type.Subcommand,
          name: 'grant',
          description: 'Credits on top for a member, until their period ends',
          options: [
            user,
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
          name: 'reset',
          description: 'A member starts over at nothing used; the server does not',
          options: [user],
        },
        { type: Type.Subcommand, name: 'audit', description: 'Who changed what' },
        { type: Type.Subcommand, name: 'pause', description: 'No new songs; waiting ones wait on' },
        { type: Type.Subcommand, name: 'resume', description: 'Songs again; waiting ones go on' },
      ],
    },
    requireAdmin,
    {
      show: (visit) =>
        privately(async () =>
          reportView(await steward.report(visit.guildId ?? ''), catalogue, visit.receivedAt, visit.words),
        ),
      guild: (visit, allowance) =>
        privately(async () => {
          await steward.setGuild(actor(visit), allowance);
          return said(visit.words.quotaAdmin.guildSet(allowance));
        }),
      user: (visit, { user: userId, ...allowance }) =>
        privately(async () => {
          await steward.setUser(actor(visit), member(visit, userId), allowance);
          return said(visit.words.quotaAdmin.userSet(userId, allowance));
        }),
      role: (visit, { role: roleId, ...allowance }) =>
        privately(async () => {
          if (!visit.confirmed.has(roleId)) throw new Refusal({ is: 'bad-option', option: 'role' });
          await steward.setRole(actor(visit), roleId, allowance);
          return said(visit.words.quotaAdmin.roleSet(roleId, roleId === visit.guildId, allowance));
        }),
      grant: (visit, { user: userId, credits }) =>
        privately(async () => {
          await steward.grant(actor(visit), member(visit, userId), credits);
          return said(visit.words.quotaAdmin.granted(userId, credits));
        }),
      reset: (visit, { user: userId }) =>
        privately(async () => {
          await steward.reset(actor(visit), member(visit, userId));
          return said(visit.words.quotaAdmin.wasReset(userId));
        }),
      audit: (visit) =>
        privately(async () =>
          auditView(await steward.audit(visit.guildId ?? '', auditedEntries), visit.words),
        ),
      pause: (visit) =>
        privately(async () => {
          await steward.pause(actor(visit), true);
          await onPause(visit.guildId ?? '');
          return said(visit.words.quotaAdmin.paused);
        }),
      resume: (visit) =>
        privately(async () => {
          await steward.pause(actor(visit), false);
          await onPause(visit.guildId ?? '');
          return said(visit.words.quotaAdmin.resumed);
        }),
    },
  );
}

const actor = (visit: Visit) => ({ userId: visit.userId, guildId: visit.guildId ?? '' });
const said = (content: string): View => ({ content });
const privately = (run: () => Promise<View>): Plan => ({ answer: 'private', run });

function member(visit: Visit, userId: string): string {
  if (!visit.confirmed.has(userId)) throw new Refusal({ is: 'not-a-member' });
  return userId;
}
