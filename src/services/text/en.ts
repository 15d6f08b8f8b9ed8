/** Every sentence the bot says, in English. Its type is the contract for every other language. */
import type { RefusalReason } from '../../domain/errors.ts';
import type { Standing } from '../../domain/quota.ts';
import { enAdmin } from './en-admin.ts';
import { enDeeds } from './en-deeds.ts';
import { enHelp } from './en-help.ts';
import { enPrivacy } from './en-privacy.ts';
import { enLibrary } from './en-library.ts';
import { enResults } from './en-results.ts';
import { clock, credits, engineName, plural, relative } from './en-phrases.ts';

export const en = {
  ...enAdmin,
  ...enDeeds,
  ...enHelp,
  ...enPrivacy,
  ...enResults,
  ...enLibrary,
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
      case 'bad-span':
        return 'The end has to come after the beginning.';
      case 'engine-cannot':
        return `${engineName(reason.engine)} can't do "${enDeeds.deeds[reason.deed].label}". Try it with a song of another engine.`;
      case 'two-engines':
        return 'Both songs must be by the same engine.';
      case 'no-handle':
        return 'The song service gave this song no handle, so nothing more can be done with it there. `/upload` brings its file in anew.';
      case 'no-such-place':
        return `I can't find that place in \`${reason.option}\`. Write it as \`1:20\`, as \`80\` seconds, or with the first words of a line that is sung there.`;
      case 'beyond-the-end':
        return `The song is only ${clock(reason.seconds)} long, so \`${reason.option}\` lies behind its end.`;
      case 'no-such-song':
        return 'I know no such song here. Pick one from the list that appears while you type.';
      case 'song-gone':
        return 'The song service no longer has the files of that song. It stays among your songs; *Another take* or `/song` makes a new one.';
      case 'song-on-its-way':
        return 'That song is still being brought to its channel. Please try again in a minute.';
      case 'no-songs':
        return 'You have no songs yet. `/song` makes one.';
      case 'export-busy':
        return 'I am still packing what you asked for before. Please wait until that has come.';
      case 'song-or-file':
        return 'Tell me one of the two: a `song` from the list, or a `file` of your own.';
      case 'not-audio':
        return 'That file is no audio that I can read. m4a, mp3, wav, ogg and flac work. Nothing was charged.';
      case 'no-audio-here':
        return 'There is no audio in that message.';
      case 'file-gone':
        return "I couldn't fetch that file from Discord. Please try again. Nothing was charged.";
      case 'file-too-large':
        return `That file is too large: ${Math.floor(reason.most / 1_048_576)} MB at most. Nothing was charged.`;
      case 'file-too-long':
        return `That file is ${clock(reason.seconds)} long; ${clock(reason.most)} at most is taken. Nothing was charged.`;
      case 'model-of-other-engine':
        return `${engineName(reason.engine)} has no model called "${reason.model}". Leave \`model\` out, or pick one of its own.`;
      case 'input-unknown-to-engine':
        return `${engineName(reason.engine)} doesn't know \`${reason.option}\`. Leave it out, or pick another engine.`;
      case 'action-not-served': {
        const when = reason.until === null ? '' : ` I'll ask again ${relative(reason.until.getTime())}.`;
        return `This song service doesn't offer "${reason.label}" at present.${when} Nothing was charged.`;
      }
      case 'cannot-convert':
        return `I can't make a file of the kind ${reason.format} of this song here. Another kind may work. Nothing was charged.`;
      case 'download-too-large':
        return `As ${reason.format} this song is too large to attach here: ${Math.floor(reason.most / 1_048_576)} MB at most. mp3, m4a and ogg are smaller. Nothing was charged.`;
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
      case 'songs-under-way':
        return 'Some of your songs are still under way. Wait for them, or cancel them with `/jobs`, and ask again.';
      case 'too-much-to-send':
        return 'That is more than Discord lets me send. The people who run me can give it to you.';
      case 'cannot-post-there':
        return `I can't post in <#${reason.channel}>. Give me *View Channel*, *Send Messages* and *Embed Links* there, and try again.`;
      case 'already-over':
        return 'That one has already ended, there is nothing left to cancel.';
      case 'no-lyrics':
        return 'This song came without lyrics.';
      case 'old-button':
        return 'This button is from an older version and no longer works. `/song` makes a new song.';
      case 'unknown-command':
        return 'I no longer have that command. `/help` lists what I can do.';
      case 'rush':
        return "So many people ask for songs at this moment that your turn didn't come in time. Nothing was charged; please try again in a minute.";
      case 'shutting-down':
        return "I'm about to restart, so I don't start anything new. Please try again in a minute. Nothing was charged.";
    }
  },

  fault: (reference: string): string =>
    `Sorry, something went wrong on my side. The people who run me can look it up: \`${reference}\`.`,

  /** A fault that passes. */
  cannotWrite: (reference: string): string =>
    `I can't write anything down at the moment, so I don't start anything. Nothing was charged; please try again in a few minutes. The people who run me can look it up: \`${reference}\`.`,

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
    lateAt: (userId: string, link: string): string => `<@${userId}> your song is ready: ${link}`,
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
      case 'no-result':
        return 'The song service finished it, but sent nothing that can be used.';
      case 'bad-file':
        return 'The song service sent a file that is not what it should be.';
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
    favourite: 'Favourite',
    more: 'More…',
    edit: 'Edit and retry',
    sing: 'Sing it',
    otherWords: 'Other words',
    use: 'Use them',
    lyrics: 'Lyrics',
    versions: 'Versions',
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
};

export type Words = typeof en;
