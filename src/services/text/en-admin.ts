/** What admins and operators read, in English: a part of `en`. */
import type { Entry } from '../../domain/account.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { shorten } from '../../domain/limits.ts';
import type { Allowance, Standing } from '../../domain/quota.ts';
import { credits, each, engineName, plural, relative } from './en-phrases.ts';

/** "guild:1", "member:1:2", "person:2" and "role:1:3" as Discord would name them. */
function accountOf(accountId: string): string {
  const [kind = '', guildId = '', id = ''] = accountId.split(':');
  if (kind === 'guild') return 'this server';
  if (kind === 'role') return id === guildId ? 'everyone' : `<@&${id}>`;
  return `<@${kind === 'person' ? guildId : id}>`;
}

export const enAdmin = {
  quotaAdmin: {
    guildSet: (allowance: Allowance): string =>
      `This server may spend ${each(allowance)}, as far as the bot's operator allows it.`,
    userSet: (userId: string, allowance: Allowance): string =>
      `<@${userId}> may spend ${each(allowance)}, unless a role or the default is more generous.`,
    roleSet: (roleId: string, isEveryone: boolean, allowance: Allowance): string =>
      isEveryone
        ? `By default a member may spend ${each(allowance)}.`
        : `Members with <@&${roleId}> may spend ${each(allowance)}.`,
    granted: (userId: string, amount: number): string =>
      `<@${userId}> has ${credits(amount)} on top until their period ends.`,
    wasReset: (userId: string): string => `<@${userId}> starts over at nothing used.`,
    paused:
      'Songs are paused here. What is under way is finished; what waits goes on with `/quota-admin resume`.',
    resumed: 'Songs are made again.',
    reportTitle: 'What this server spends',
    span: (from: string, to: string, timeZone: string): string => `${from} – ${to} (${timeZone})`,
    endsAt: (at: number): string => `At this pace the credits end ${relative(at)}.`,
    forecast: (day: string): string => `At this pace the credits end on ${day}`,
    lasts: 'At this pace the credits last.',
    charged: (songs: number, units: number, usd: number | null): string =>
      `The song service charged ${units} units for ${plural(songs, 'song')}${usd === null ? '' : `, about $${usd.toFixed(2)}`}.`,
    others: 'others',
    auditTitle: 'Who changed what',
    nothingChanged: 'Nobody has changed anything yet.',
  },

  /** One line of the audit trail. */
  auditLine({ kind, credits: amount, accountId, actorId, reason, at }: Entry): string {
    const who = actorId === null ? 'I' : `<@${actorId}>`;
    const whom = accountOf(accountId);
    const what: Partial<Record<Entry['kind'], string>> = {
      allowance:
        reason === 'default' ? `put ${whom} back to the default` : `set ${whom} to ${amount} a ${reason}`,
      role: reason === 'default' ? `put ${whom} back to the default` : `set ${whom} to ${amount} a ${reason}`,
      ceiling:
        reason === 'default'
          ? `lifted the ceiling of ${whom}`
          : `set the ceiling of ${whom} to ${amount} a ${reason}`,
      grant: `gave ${credits(amount)} to ${whom}`,
      reset: `reset ${whom}`,
      'time-zone': `set the time zone to ${reason}`,
      pause: 'paused songs',
      resume: 'resumed songs',
      block: `blocked ${whom}`,
      unblock: `unblocked ${whom}`,
    };
    return `${relative(at)} · ${who} ${what[kind] ?? kind}`;
  },

  alarm: (percent: number, standing: Standing, endsAt: number | null): string =>
    percent >= 100
      ? `This server's credits are spent: ${standing.used + standing.reserved} of ${standing.allowance.credits}. They start over ${relative(standing.resetAt)}.`
      : `${percent} % of this server's credits are spent: ${standing.used + standing.reserved} of ${standing.allowance.credits}.${endsAt === null ? '' : ` At this pace they end ${relative(endsAt)}.`} They start over ${relative(standing.resetAt)}.`,

  operator: {
    ceilingSet: (server: string, ceiling: Allowance): string =>
      `Server ${server} can't go beyond ${each(ceiling)}.`,
    granted: (server: string, amount: number): string =>
      `Server ${server} has ${credits(amount)} on top until its period ends.`,
    blocked: (whom: string): string => `No songs for ${whom} any more.`,
    unblocked: (whom: string): string => `Songs again for ${whom}.`,
    totalsTitle: (count: number): string => `${plural(count, 'server')} so far`,
    totalsLine: (guildId: string, standing: Standing, paused: boolean, blocked: boolean): string =>
      `\`${guildId}\` · ${standing.used} used, ${standing.reserved} held, ${standing.left} left of ${standing.allowance.credits} a ${standing.allowance.period}${paused ? ' · paused' : ''}${blocked ? ' · blocked' : ''}`,
    none: 'No server has asked for a song yet.',
  },

  settings: {
    title: 'Settings of this server',
    rows: (house: GuildSettings, timeZone: string): [string, string][] => [
      ['Channels', house.channels.length === 0 ? 'all' : house.channels.map((id) => `<#${id}>`).join(' ')],
      ['Engine', house.engine === null ? 'my choice' : engineName(house.engine)],
      ['Model', house.model ?? "the engine's own choice"],
      ['Results', house.privateResults ? 'seen by their member only' : 'seen by everybody'],
      ['Voice preview', house.voicePreview ? 'after each song' : 'none'],
      ['Ask before a higher price', house.confirmPrice ? 'yes' : 'no'],
      ['Time zone', timeZone],
      ['Forbidden words', house.words.length === 0 ? 'none' : `||${shorten(house.words.join(', '), 900)}||`],
      ['Board', house.board === null ? 'none' : `<#${house.board.channel}>, from ${house.board.stars} ⭐ on`],
      ['Audit channel', house.auditChannel === null ? 'none' : `<#${house.auditChannel}>`],
    ],
  },
};
