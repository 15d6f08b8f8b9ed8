import { expect, it, onTestFinished } from 'vitest';
import type { APIInteractionGuildMember } from 'discord-api-types/v10';
import { quickRig } from '../support/quick-rig.ts';
import { songIn } from '../support/cards.ts';

/** What Discord never sends, or does not send yet. */
const broken: [string, (member: APIInteractionGuildMember) => unknown][] = [
  ['nobody who did it', () => null],
  ['a member without an account', (member) => ({ ...member, user: null })],
  ['an account without an id', (member) => ({ ...member, user: {} })],
  ['permissions that are no number', (member) => ({ ...member, permissions: 'all of them' })],
];

it.each(broken)('an event that tells of %s is dropped, and the bot goes on', async (_, breaks) => {
  const strays: unknown[] = [];
  const stray = (reason: unknown): void => void strays.push(reason);
  process.on('unhandledRejection', stray);
  onTestFinished(() => void process.off('unhandledRejection', stray));
  const { discord, songApi, log } = await quickRig();
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const alice = guild.member('alice').in(channel);
  const mallory = guild.member('mallory').in(channel);
  const member = mallory.person.wire();
  mallory.person.wire = () => breaks(member) as APIInteractionGuildMember;
  mallory.fires('/song', { prompt: 'nothing to see here' });
  await discord.until('a line about it', () => log.some((line) => /"level":(50|"error")/.test(line)));

  await alice.runs('/song', { prompt: 'life goes on' });
  await songIn(discord, channel);
  expect(songApi.tasks.size).toBe(1);
  expect(strays).toEqual([]);
});
