import type { Guild } from '../../playground/discord/guild.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { Rig, RigOptions } from '../../playground/rig.ts';
import { songIn } from './cards.ts';
import { quickRig } from './quick-rig.ts';

export interface ServedSong {
  rig: Rig;
  guild: Guild;
  channel: EmulatedChannel;
  alice: Member;
  song: EmulatedMessage;
  /** From the song's select; of the first take, where it asks which. */
  picks: (deed: string) => Promise<void>;
  /** The next card that is over and none of those before. */
  next: (timeoutMs?: number) => Promise<EmulatedMessage>;
}

/** Alice has a finished song, at a song API that serves everything. */
export async function servedSong(
  values: Record<string, string | boolean> = {},
  options: RigOptions = {},
): Promise<ServedSong> {
  const rig = await quickRig({
    ...options,
    songApi: { enabled: 'all', ...options.songApi },
    environment: { USER_CREDITS: '100', ...options.environment },
  });
  const { discord } = rig;
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const alice = guild.member('alice').in(channel);
  await alice.runs('/song', { prompt: 'harbour lights', title: 'Harbour', ...values });
  const song = await songIn(discord, channel);
  const seen = new Set([song.id]);
  return {
    rig,
    guild,
    channel,
    alice,
    song,
    async picks(deed) {
      await alice.picks('More…', [deed], song);
      if (values['engine'] !== 'suno') return;
      await discord.until('the question', () => labels(channel.messages(alice)).includes('Take 1'));
      await alice.clicks('Take 1');
    },
    async next(timeoutMs) {
      const card = await discord.until(
        'a new card that is over',
        () => channel.cards().find((each) => !seen.has(each.id) && isFinished(each)),
        timeoutMs,
      );
      seen.add(card.id);
      return card;
    },
  };
}

function isFinished(card: EmulatedMessage): boolean {
  return card.buttons.some(({ label }) => label === 'Delete');
}

const labels = (messages: readonly EmulatedMessage[]): string[] =>
  messages.flatMap(({ buttons }) => buttons.map(({ label }) => label));
