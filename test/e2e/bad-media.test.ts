import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Rig, RigOptions } from '../../playground/rig.ts';
import { audioOf, cardSaying, songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

type Script = Parameters<Rig['songApi']['next']>[0];

async function songWith(
  script: Script,
  says: string | RegExp,
  options: RigOptions = {},
): Promise<EmulatedMessage> {
  const { discord, songApi, log } = await quickRig(options);
  songApi.next(script);
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
  const card = await cardSaying(discord, channel, says);
  expect(audioOf(card)).toEqual([]);
  expect(log.join('')).toMatch(/could not be used|nothing playable|"state":"failed"/);
  return card;
}

describe('a finished song whose media', () => {
  it.each([
    ['is not http', { audioUrl: 'ftp://files.example/song.m4a' }, 'nothing that can be used'],
    ['is a script', { audioUrl: 'javascript:alert(1)' }, 'nothing that can be used'],
    ['is missing', { noAudio: true }, 'nothing that can be used'],
    ['is at a private address', { audioUrl: 'https://10.0.0.1/song.m4a' }, 'not playable audio'],
    ['is at a local name', { audioUrl: 'https://localhost/song.m4a' }, 'not playable audio'],
    ['is plain http elsewhere', { audioUrl: 'http://127.0.0.1:9/song.m4a' }, 'not playable audio'],
    [
      'is a web page',
      { audioBytes: Buffer.from('<html>gone</html>'), contentType: 'audio/mp4' },
      'not playable audio',
    ],
    ['is noise', { audioBytes: randomBytes(20_000), contentType: 'audio/mp4' }, 'not playable audio'],
    ['is empty', { audioBytes: Buffer.alloc(0), contentType: 'audio/mp4' }, /listen or download/],
  ])('%s ends in a plain sentence', async (_, script, says) => {
    const card = await songWith(script, says);
    if (typeof says === 'string') expect(card.text()).toContain('Nothing was charged');
  });

  it('is cut off is fetched again', async () => {
    const { discord, songApi } = await quickRig();
    songApi.faults.add(({ path }) => path.includes('/clips/'), { kind: 'truncate' }, 2);
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    await songIn(discord, channel);
  });

  it('lags behind its record is waited for', async () => {
    const { discord, songApi } = await quickRig();
    songApi.faults.add(
      ({ path }) => path.includes('/clips/'),
      { kind: 'answer', status: 404, body: 'not yet' },
      2,
    );
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    await songIn(discord, channel);
  });

  it('never comes is linked, with the caveat', async () => {
    const { discord, songApi } = await quickRig();
    songApi.faults.add(
      ({ path }) => path.includes('/clips/'),
      { kind: 'answer', status: 404, body: 'gone' },
      99,
    );
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    const card = await cardSaying(discord, channel, 'listen or download');
    expect(card.text()).toContain('may stop working');
  });

  it('is larger than the upload limit is linked', async () => {
    const { discord } = await quickRig({ discord: { uploadLimitBytes: 10_000 } });
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    await cardSaying(discord, channel, 'too large to attach');
    expect(discord.journal.count((entry) => entry.status === 413)).toBe(0);
  });

  it('is found too large by Discord after all (413) is linked', async () => {
    const { discord } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'x' });
    // Announced at the command, lowered before the upload.
    discord.uploadLimitBytes = 10_000;
    await cardSaying(discord, channel, 'too large to attach');
    expect(discord.journal.count((entry) => entry.status === 413)).toBeGreaterThan(0);
  });

  it('has no cover goes out with a picture of our own', async () => {
    const { discord, songApi } = await quickRig();
    songApi.faults.add(
      ({ path }) => path.includes('/assets/'),
      { kind: 'answer', status: 500, body: '' },
      99,
    );
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    const card = await songIn(discord, channel);
    expect(card.attachments.map(({ filename }) => filename)).toContain('song.png');
    expect(card.embeds[0]?.image?.url).toContain('song.png');
  });
});

describe('bad input', () => {
  it.each([
    ['an empty prompt', { prompt: '' }, 'what should the song be about'],
    ['a blank prompt', { prompt: '   \n ' }, 'what should the song be about'],
    ['an over-long prompt', { prompt: 'x'.repeat(2001) }, 'may have 2000 characters'],
    ['an over-long title', { prompt: 'x', title: 'y'.repeat(81) }, 'may have 80 characters'],
    ['over-long lyrics', { prompt: 'x', lyrics: 'y'.repeat(5001) }, 'may have 5000 characters'],
    [
      'a prompt too long for the engine',
      { prompt: 'x'.repeat(501), engine: 'suno' },
      'may have 500 characters for Suno',
    ],
    ["the other engine's model", { prompt: 'x', engine: 'suno', model: 'FUZZ-2.0' }, 'no model called'],
    ['a seed where none is known', { prompt: 'x', engine: 'suno', seed: 5 }, "doesn't know `seed`"],
    ['an unknown engine', { prompt: 'x', engine: 'kazoo' }, "can't do anything with that value"],
    ['a fractional seed', { prompt: 'x', seed: 1.5 }, "can't do anything with that value"],
    ['a negative seed', { prompt: 'x', seed: -1 }, "can't do anything with that value"],
    ['text for a boolean', { prompt: 'x', instrumental: 'yes' }, "can't do anything with that value"],
  ] as [string, Record<string, string | number>, string][])(
    '%s is refused privately and never reaches the song API',
    async (_, values, says) => {
      const { discord, songApi } = await quickRig();
      const guild = discord.guild('Garden');
      const channel = guild.channel('songs');
      const alice = guild.member('alice').in(channel);
      const invocation = await alice.runs('/song', values, { force: true });
      await discord.until(says, () => invocation.text().includes(says));
      expect(invocation.response()?.ephemeralFor).toBe(alice.id);
      expect(channel.cards()).toEqual([]);
      expect(songApi.journal.submits()).toEqual([]);
      expect(discord.violations).toEqual([]);
    },
  );
});
