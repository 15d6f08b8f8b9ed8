import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { botEnvironment } from '../bot/bot-environment.ts';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../discord/discord.ts';
import type { EmulatedChannel } from '../discord/model/channel.ts';
import type { Member } from '../discord/people/member.ts';
import type { EmulatedSongApi, SongApiOptions } from '../song-api/emulated-song-api.ts';
import { createSongApi } from '../song-api/song-api.ts';
import { BotLife } from './bot-life.ts';

export interface StudioOptions {
  songApi?: SongApiOptions;
  /** Laid over the bot's environment. */
  environment?: Record<string, string>;
}

/** Both emulators with servers, channels and two people in them, and the real bot in a process of its own. */
export interface Studio {
  discord: EmulatedDiscord;
  songApi: EmulatedSongApi;
  account: BotAccount;
  /** Alice, who is an admin, and Bob, who isn't. */
  people: Member[];
  dataDir: string;
  bot: BotLife;
  /** The person where the channel is; undefined where they can't be. */
  personIn: (userId: string, channelId: string) => Member | undefined;
  channels: () => EmulatedChannel[];
  stop: () => Promise<void>;
}

/** Everything but the bot, which is started but not waited for. */
export async function openStudio(options: StudioOptions = {}): Promise<Studio> {
  const discord = await createDiscord();
  // A song in eight seconds: long enough to watch, or to kill the bot in the middle of it.
  const songApi = await createSongApi({
    songMs: [7_000, 9_000],
    pollerMs: 1_000,
    enabled: Object.keys(builtInCatalogue).map((key) => key.toLowerCase().replace('/', '_')),
    serveUploads: true,
    ...options.songApi,
  });
  const account = discord.addBot({ name: 'Minstrel' });
  const dataDir = await mkdtemp(join(tmpdir(), 'minstrel-playground-'));

  const room = discord.guild('The Music Room');
  room.channel('songs');
  room.channel('rehearsal');
  room.channel('back-office');
  const radio = discord.guild('Night Radio');
  radio.channel('on-air');
  radio.role('Listeners');
  const alice = room.member('Alice', { admin: true });
  const bob = room.member('Bob', { roles: [room.role('Band')] });
  const memberships = [
    alice,
    bob,
    radio.member('Alice', { admin: true, user: alice.person.user }),
    radio.member('Bob', { user: bob.person.user }),
  ];
  const people = [alice, bob];
  const letters = people.map((person) => discord.dm(person));

  const channels = (): EmulatedChannel[] => [
    ...discord.guilds.flatMap((guild) => guild.channels),
    ...letters,
  ];
  const bot = new BotLife({
    ...botEnvironment(account, discord, songApi, dataDir),
    POLL_INTERVAL_MS: '1000',
    OWNER_IDS: alice.id,
    OPERATOR_GUILD_IDS: room.id,
    ...options.environment,
  });
  bot.start();
  return {
    discord,
    songApi,
    account,
    people,
    dataDir,
    bot,
    channels,
    personIn(userId, channelId) {
      const channel = channels().find(({ id, deleted }) => id === channelId && !deleted);
      const isHere = (member: Member): boolean =>
        channel !== undefined &&
        member.id === userId &&
        ('guild' in channel.place
          ? member.person.guild === channel.place.guild
          : channel.place.person.user === member.person.user);
      return channel === undefined ? undefined : memberships.find(isHere)?.in(channel);
    },
    async stop() {
      await bot.end();
      await Promise.all([discord.stop(), songApi.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
