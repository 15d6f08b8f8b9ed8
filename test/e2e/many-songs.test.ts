import { describe, expect, it } from 'vitest';
import { audioOf } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

describe('a busy evening', () => {
  it('50 songs at once in 10 guilds: 50 cards, one batch a tick, no refused request, no 429, at most 8 a song', async () => {
    const pollEveryMs = 500;
    const { discord, songApi } = await quickRig({
      songApi: { songMs: [2500, 3500], pollerMs: 400 },
      environment: { POLL_INTERVAL_MS: String(pollEveryMs) },
      seams: { progressEveryMs: 1000 },
    });
    const channels = Array.from({ length: 10 }, (_, index) =>
      discord.guild(`Guild ${index}`).channel('songs'),
    );
    const asked = channels.flatMap((channel) =>
      Array.from({ length: 5 }, (_, index) => {
        const guild = discord.guilds.find(({ id }) => id === channel.guildId);
        return guild!.member(`member ${index}`).in(channel).fires('/song', { prompt: 'fifty of these' });
      }),
    );
    await Promise.all(asked.map((invocation) => invocation.acknowledged));
    const cards = await discord.until(
      '50 cards with audio',
      () => {
        const done = channels
          .flatMap((channel) => channel.cards())
          .filter((card) => audioOf(card).length === 1);
        return done.length === 50 && done;
      },
      60_000,
    );

    expect(new Set(cards.map((card) => card.id)).size).toBe(50);
    expect(channels.flatMap((channel) => channel.cards())).toHaveLength(50);
    expect(songApi.tasks.size).toBe(50);
    expect(discord.violations).toEqual([]);
    expect(discord.rateLimited).toBe(0);
    // One batch at a time, no two closer than a tick (less the timer's grain).
    const times = songApi.journal.batches().map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(pollEveryMs * 0.9);
    const perSong =
      discord.journal.count(({ path }) => /\/(interactions|webhooks|channels)\//.test(path)) / 50;
    expect(perSong).toBeLessThanOrEqual(8);
    console.log(
      `    ${perSong.toFixed(2)} Discord requests and ${((times.length + 50) / 50).toFixed(2)} song API requests a song`,
    );
  });

  it('200 interactions in one second are each acknowledged well inside 3 s', async () => {
    const { discord } = await quickRig({ environment: { MAX_JOBS_TOTAL: '10' } });
    const guilds = Array.from({ length: 20 }, (_, index) => discord.guild(`Guild ${index}`));
    const people = guilds.flatMap((guild) => {
      const channel = guild.channel('songs');
      return Array.from({ length: 10 }, (_, index) => guild.member(`member ${index}`).in(channel));
    });
    const invocations = [];
    const started = performance.now();
    for (const [index, person] of people.entries()) {
      const due = started + index * 5;
      while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
      invocations.push(person.fires('/song', { prompt: 'all at once' }));
    }
    const acknowledged = await Promise.all(invocations.map((invocation) => invocation.acknowledged));
    const waits = acknowledged.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b);
    console.log(`    acknowledged after ${waits[100]} ms (median), ${waits.at(-1)} ms (slowest of 200)`);
    expect(waits).toHaveLength(200);
    expect(waits.at(-1)).toBeLessThan(1500);
    expect(discord.violations).toEqual([]);
  });
});
