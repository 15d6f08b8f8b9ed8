/** Every sentence the bot says, in English. Its type is the contract for every other language. */
import type { Entry } from '../../domain/account.ts';
import type { RefusalReason } from '../../domain/errors.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { shorten } from '../../domain/limits.ts';
import type { Allowance, Standing } from '../../domain/quota.ts';

/** Discord shows it in the reader's own time zone and keeps it current without an edit. */
const relative = (ms: number): string => `<t:${Math.round(ms / 1000)}:R>`;

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const credits = (count: number): string => plural(count, 'credit');
const each = ({ credits: amount, period }: Allowance): string => `${credits(amount)} a ${period}`;

/** "guild:1", "member:1:2", "person:2" and "role:1:3" as Discord would name them. */
function accountOf(accountId: string): string {
  const [kind = '', guildId = '', id = ''] = accountId.split(':');
  if (kind === 'guild') return 'this server';
  if (kind === 'role') return id === guildId ? 'everyone' : `<@&${id}>`;
  return `<@${kind === 'person' ? guildId : id}>`;
}

const engineNames: Record<string, string> = { producer: 'Producer', suno: 'Suno' };
const engineName = (engine: string): string => engineNames[engine] ?? engine;

export const en = {
  engineName,

  refusal(reason: RefusalReason): string {
    switch (reason.is) {
      case 'empty':
        return reason.option === 'prompt'
          ? 'I need some words in `prompt`: what should the song be about?'
          : `I need something in \`${reason.option}\`.`;
      case 'too-long': {
        const whose = reason.engine === undefined ? '' : ` for ${engineName(reason.engine)}`;
        return `\`${reason.option}\` may have ${reason.max} characters${whose}; yours has ${reason.length}.`;
      }
      case 'bad-option':
        return `I can't do anything with that value of \`${reason.option}\`. Please pick it again.`;
      case 'model-of-other-engine':
        return `${engineName(reason.engine)} has no model called "${reason.model}". Leave \`model\` out, or pick one of its own.`;
      case 'input-unknown-to-engine':
        return `${engineName(reason.engine)} doesn't know \`${reason.option}\`. Leave it out, or pick another engine.`;
      case 'action-not-served': {
        const when = reason.until === null ? '' : ` I'll ask again ${relative(reason.until.getTime())}.`;
        return `This song service doesn't offer "${reason.label}" at present.${when} Nothing was charged.`;
      }
      case 'out-of-credits': {
        const whose = reason.whose === 'member' ? 'You have' : 'This server has';
        return `That costs ${plural(reason.price, 'credit')}. ${whose} ${plural(reason.left, 'credit')} left; it starts over ${relative(reason.resetAt.getTime())}.`;
      }
      case 'blocked':
        return "The people who run me don't take songs from here at present.";
      case 'paused':
        return 'An admin of this server has paused songs. Nothing was charged.';
      case 'forbidden-word':
        return "This request contains a word that this server's admins don't allow. Nothing was charged.";
      case 'other-channels':
        return `Songs are made in other channels here: ${reason.channels.map((id) => `<#${id}>`).join(', ')}.`;
      case 'admins-only':
        return 'That needs the permission *Manage Server*.';
      case 'operators-only':
        return 'That is for the people who run this bot.';
      case 'server-only':
        return 'That only works in a server.';
      case 'not-a-member':
        return 'That person is not a member of this server.';
      case 'no-such-time-zone':
        return "I don't know that time zone. Pick one from the list, like `Europe/Berlin`.";
      case 'order-gone':
        return 'That question has been answered already, or is too old. `/song` asks anew.';
      case 'job-gone':
        return "I don't know that song any more.";
      case 'not-yours':
        return 'Only the person who asked for this song can do that.';
      case 'not-here':
        return 'That belongs to another server.';
      case 'already-over':
        return 'That one has already ended, there is nothing left to cancel.';
      case 'no-lyrics':
        return 'This song came without lyrics.';
      case 'old-button':
        return 'This button is from an older version and no longer works. `/song` makes a new song.';
      case 'unknown-command':
        return 'I no longer have that command. `/help` lists what I can do.';
      case 'shutting-down':
        return "I'm about to restart, so I don't start anything new. Please try again in a minute. Nothing was charged.";
    }
  },

  fault: (reference: string): string =>
    `Sorry, something went wrong on my side. The people who run me can look it up: \`${reference}\`.`,

  card: {
    untitled: 'A new song',
    waiting: (position: number, startsAt: number | undefined): string =>
      `Waiting for its turn: number ${position} in the queue${startsAt === undefined ? '' : `, usually starts ${relative(startsAt)}`}.`,
    paused: 'Waiting: an admin has paused songs here. It goes on by itself when they resume.',
    parked: "Waiting: the song service can't be reached right now. It goes on by itself when it is back.",
    handingOver: 'Handing it to the song service…',
    accepted: 'The song service has it.',
    composing: 'Composing…',
    started: (ms: number): string => `started ${relative(ms)}`,
    expected: (ms: number): string => `usually done ${relative(ms)}`,
    longerThanUsual: 'taking longer than usual',
    length: 'Length',
    model: 'Model',
    engine: 'Engine',
    style: 'Style',
    footer: (jobId: string): string => `AI-generated · ${jobId}`,
    take: (index: number): string => `Take ${index}`,
    linkInstead: (name: string, url: string): string =>
      `**${name}** is too large to attach here: [listen or download](${url}). That address belongs to the song service and may stop working, so keep a copy.`,
    linkUnfetched: (name: string, url: string): string =>
      `I couldn't fetch **${name}** myself: [listen or download](${url}). That address belongs to the song service and may stop working, so keep a copy.`,
    late: (userId: string): string => `<@${userId}> your song is ready.`,
    failedTitle: "This song didn't work out",
    cancelledTitle: 'Cancelled',
    cancelled: 'Cancelled before it began. Nothing was charged.',
    cancelledUnderWay:
      "Cancelled. The song service can't stop a song it has begun, so it may still be made there, but it won't be posted and nothing was charged.",
    lostTitle: 'This song got lost',
    lost: 'The song service never finished it. Nothing was charged. Should it turn up after all, I will post it here.',
    unconfirmedTitle: 'No answer from the song service',
    unconfirmed:
      "I sent this song once and got no answer, so I can't tell whether it is being made. I won't send it twice by myself, and nothing was charged to you.",
    progress: (percent: number): string => `${percent} %`,
  },

  /** Why a job failed; `why` is one of domain/job.ts' reasons. */
  failure(why: string): string {
    const upstream = why.startsWith('upstream:') ? why.slice('upstream:'.length).trim() : undefined;
    if (upstream !== undefined)
      return upstream === ''
        ? 'The song service gave up on it without saying why.'
        : `The song service says: “${upstream}”`;
    switch (why) {
      case 'not-served':
        return "This song service doesn't offer that at present.";
      case 'unauthorized':
        return "The song service doesn't accept this bot's key. Whoever runs the bot needs to look at it.";
      case 'out-of-credit':
        return "The bot's account at the song service is empty. Whoever runs the bot needs to fill it up.";
      case 'no-audio':
        return 'The song service finished it, but without any audio.';
      case 'bad-audio':
        return 'The song service sent a file that is not playable audio.';
      case 'waited-too-long':
        return 'The song service could not be reached for a long time.';
      default:
        return 'The song service refused this request.';
    }
  },
  notCharged: 'Nothing was charged.',

  buttons: {
    again: (price: number | undefined): string =>
      price === undefined ? 'Another take' : `Another take · ${credits(price)}`,
    retry: 'Try again',
    lyrics: 'Lyrics',
    delete: 'Delete',
    cancel: 'Cancel',
  },

  price: {
    ask: (price: number, left: number): string =>
      `This costs ${credits(price)}; ${credits(left)} can be spent now. Shall I?`,
    yes: (price: number): string => `Make it for ${credits(price)}`,
  },

  quota: {
    title: 'Credits',
    yours: 'You',
    servers: 'This server',
    paused: 'An admin has paused songs here.',
    line: ({ allowance, used, reserved, left, resetAt }: Standing): string =>
      `${used} used, ${reserved} held for songs under way, **${left} left** of ${allowance.credits} a ${allowance.period} · starts over ${relative(resetAt)}`,
  },

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
    forecast: (day: string): string => `at this pace the credits end on ${day}`,
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
      ['Ask before a higher price', house.confirmPrice ? 'yes' : 'no'],
      ['Time zone', timeZone],
      ['Forbidden words', house.words.length === 0 ? 'none' : `||${shorten(house.words.join(', '), 900)}||`],
      ['Audit channel', house.auditChannel === null ? 'none' : `<#${house.auditChannel}>`],
    ],
  },

  deleted: 'Deleted.',

  jobs: {
    title: 'Your songs here',
    none: "You haven't asked for a song here yet. `/song` makes one.",
    open: (count: number): string =>
      count === 0 ? 'Nothing under way.' : `${plural(count, 'song')} under way.`,
    states: {
      queued: 'waiting',
      submitting: 'being handed over',
      submitted: 'accepted',
      running: 'composing',
      succeeded: 'done',
      failed: 'failed',
      cancelled: 'cancelled',
      lost: 'lost',
      unconfirmed: 'no answer',
    },
    line: (state: string, name: string, when: number, link: string | undefined): string =>
      `${state} · ${link === undefined ? `**${name}**` : `[${name}](${link})`} · ${relative(when)}`,
  },

  help: {
    title: 'Minstrel makes songs on request',
    lines: [
      '**/song** – say what it should be about; style, lyrics, title, engine and model are up to you.',
      '**/jobs** – what you asked for here, and how it is getting on. Cancel from there.',
      '**/help** – this page.',
      '',
      'A finished song comes with buttons: *Another take* makes it again, *Lyrics* shows the words, *Delete* takes the message away.',
      'A song that fails is not charged. Once the song service has begun one, it can’t be stopped there; cancelling then only means that it isn’t posted.',
    ],
  },
};

export type Words = typeof en;
