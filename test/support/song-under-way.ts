import { expect } from 'vitest';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Rig, RigOptions } from '../../playground/rig.ts';
import { audioOf } from './cards.ts';
import { movingClock } from './moving-clock.ts';
import { quickRig } from './quick-rig.ts';
import { storedJobs } from './stored-jobs.ts';

export interface SongUnderWay<T = unknown> {
  rig: Rig;
  /** What `prepare` has made. */
  prepared: T;
  guild: Guild;
  channel: EmulatedChannel;
  alice: Member;
  invocation: Invocation;
  /** Lets time pass, for Discord and the bot alike. */
  passes: (ms: number) => void;
  /** The song API is done with everything. */
  finish: () => Promise<void>;
  /** Every message with audio, in the server's channels and in Alice's direct messages. */
  delivered: () => EmulatedMessage[];
}

/** Longer than any test: a song ends when `finish` is called. */
const whenAsked = 10 * 60 * 60_000;

/** Alice has asked for a song, its card stands there, and it is being made until `finish`. */
export async function songUnderWay<T = undefined>(
  options: RigOptions & {
    values?: Record<string, string | boolean>;
    /** Changes the scene before Alice comes. */
    prepare?: (rig: Rig) => Promise<T>;
  } = {},
): Promise<SongUnderWay<T>> {
  const { clock, passes } = movingClock();
  const rig = await quickRig({
    ...options,
    songApi: { songMs: [whenAsked, whenAsked], ...options.songApi },
    seams: { clock, ...options.seams },
  });
  const prepared = (await options.prepare?.(rig)) as T;
  const { discord, songApi } = rig;
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const alice = guild.member('alice').in(channel);
  const values = { prompt: 'a song that must arrive', ...options.values };
  const invocation = await alice.runs('/song', values);
  await discord.until('the card is written down', () => storedJobs(rig)[0]?.messageId);
  await discord.until('the song is being made', () => storedJobs(rig)[0]?.state === 'running');
  return {
    rig,
    prepared,
    guild,
    channel,
    alice,
    invocation,
    passes: (ms) => passes(rig, ms),
    async finish() {
      await discord.until('every song is composed', () =>
        [...songApi.tasks.values()].every(({ job }) => job.ready),
      );
      songApi.finishAll();
    },
    delivered: () =>
      [...guild.channels, discord.dm(alice)]
        .flatMap((place) => place.messages(alice))
        .filter((message) => audioOf(message).length > 0),
  };
}

/** What must hold after every recovery: one task, one submit, one message with audio, the bot's books closed. */
export async function expectOnce({ rig, delivered }: SongUnderWay): Promise<EmulatedMessage> {
  await rig.discord.until('the delivery is written down', () => storedJobs(rig)[0]?.delivery === 'delivered');
  const [song, ...more] = delivered();
  expect(more).toEqual([]);
  expect(rig.songApi.journal.submits()).toHaveLength(1);
  expect(rig.songApi.tasks.size).toBe(1);
  expect(rig.discord.violations).toEqual([]);
  if (song === undefined) throw new Error('no message carries audio');
  return song;
}
