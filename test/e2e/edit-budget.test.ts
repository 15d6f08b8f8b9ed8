import { expect, it } from 'vitest';
import { discordLimits } from '../../src/domain/limits.ts';
import { movingClock } from '../support/moving-clock.ts';
import { quickRig } from '../support/quick-rig.ts';
import { storedJobs } from '../support/stored-jobs.ts';

const songs = 90;

it('after an outage 90 cards are brought up to date by the bot itself within its budget, all of them', async () => {
  const { clock, passes } = movingClock();
  const many = String(songs);
  const rig = await quickRig({
    songApi: { songMs: [36_000_000, 36_000_000] },
    environment: { MAX_JOBS_PER_USER: many, MAX_JOBS_PER_GUILD: many, MAX_JOBS_TOTAL: many },
    seams: { clock },
  });
  const { discord, songApi } = rig;
  // Discord limits edits by channel, too: here only the limit on everything counts.
  const channels = Array.from({ length: songs }, (_, index) => {
    const guild = discord.guild(`Guild ${index}`);
    return { channel: guild.channel('songs'), guild };
  });
  for (const { channel, guild } of channels)
    await guild.member('alice').in(channel).runs('/song', { prompt: 'one of many' });
  await discord.until('all are being made', () => {
    const jobs = storedJobs(rig);
    return jobs.length === songs && jobs.every((job) => job.state === 'running' && job.messageId !== null);
  });
  await rig.app.stop();
  passes(rig, 20 * 60_000);
  [...songApi.tasks.values()].forEach(({ script }, index) => {
    if (index % 9 > 0) script.fail = 'the muse is on holiday';
  });
  await discord.until('all are composed', () => [...songApi.tasks.values()].every(({ job }) => job.ready));
  songApi.finishAll();
  discord.journal.clear();
  await rig.restart();
  await discord.until(
    'all are told',
    () => storedJobs(rig).every((job) => job.delivery === 'delivered'),
    60_000,
  );

  const times = discord.journal
    .all()
    .filter(({ path }) => path.startsWith('/channels/'))
    .map(({ at }) => at);
  expect(times.length).toBeGreaterThanOrEqual(songs);
  const busiest = Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
  );
  console.log(`    ${times.length} requests by the bot's token, ${busiest} in the busiest second`);
  const { edits, uploads, notices } = discordLimits.requestsPerSecond;
  expect(edits + uploads + notices).toBeLessThan(50);
  // Our seconds and Discord's don't begin together.
  expect(busiest).toBeLessThanOrEqual(50);
  expect(discord.rateLimited).toBe(0);
}, 120_000);
