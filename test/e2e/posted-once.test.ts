import { expect, it } from 'vitest';
import { audioOf } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

it('a new message whose "yes" was not written down is found again, long after Discord forgot its nonce', async () => {
  let deaths = 0;
  const { discord, log } = await quickRig({
    songApi: { songMs: [600, 700] },
    seams: {
      reached(step) {
        if (step !== 'posted' || deaths > 0) return;
        deaths += 1;
        discord.advance(30 * 60_000);
        throw new Error('died between the yes and the note of it');
      },
    },
  });
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const invocation = await guild.member('alice').in(channel).runs('/song', { prompt: 'once' });
  // The card goes, so that the finished song needs a new message.
  invocation.response()?.delete();
  await discord.until('it was delivered', () => log.some((line) => line.includes('card delivered')), 20_000);
  expect(deaths).toBe(1);
  expect(channel.cards().filter((card) => audioOf(card).length > 0)).toHaveLength(1);
  expect(
    discord.journal.count(
      ({ method, path }) => method === 'POST' && /^\/channels\/\d+\/messages$/.test(path),
    ),
  ).toBe(1);
});
