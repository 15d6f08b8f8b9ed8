import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cardSaying, songIn } from '../support/cards.ts';
import { lineToDiscord } from '../support/lines.ts';
import { expectOnce, songUnderWay, type SongUnderWay } from '../support/song-under-way.ts';
import { storedJobs } from '../support/stored-jobs.ts';

const minute = 60_000;

/** New messages that the bot has posted by itself, by the answer they got. */
const posts = ({ rig }: SongUnderWay, status: number): number =>
  rig.discord.journal.count(
    (row) => row.route === '/channels/:channel_id/messages' && row.method === 'POST' && row.status === status,
  );

describe('a song that ends while the bot is down', () => {
  it('is delivered by the next process, in the card that stood there', async () => {
    const song = await songUnderWay();
    await song.rig.app.stop();
    await song.finish();
    await song.rig.restart();
    const card = await expectOnce(song);
    expect(card.id).toBe(song.invocation.response()?.id);
  });

  it('is delivered after two processes that came and went', async () => {
    const song = await songUnderWay();
    await song.rig.restart();
    await song.rig.restart();
    await song.finish();
    await expectOnce(song);
  });

  it('and after the interaction has ended, is delivered by the bot in its own right', async () => {
    const song = await songUnderWay();
    await song.rig.app.stop();
    song.passes(20 * minute);
    await song.finish();
    await song.rig.restart();
    const card = await expectOnce(song);
    expect(card.id).toBe(song.invocation.response()?.id);
  });
});

describe('a song that failed while its files were being looked at by a process that died', () => {
  it('leaves none of them behind', async () => {
    const song = await songUnderWay();
    const { rig, channel } = song;
    await rig.app.stop();
    const files = join(rig.environment['DATA_DIR'] ?? '', 'media', storedJobs(rig)[0]?.id ?? '');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, 'take-1'), 'not a song');
    // Of a member's file, which no job knows of.
    writeFileSync(join(files, '..', 'incoming'), 'x');
    for (const { script } of rig.songApi.tasks.values()) script.fail = 'the muse is on holiday';
    await song.finish();
    await rig.restart();
    await cardSaying(rig.discord, channel, 'the muse is on holiday');
    await rig.discord.until('it is written down', () => storedJobs(rig)[0]?.delivery === 'delivered');
    expect(readdirSync(join(files, '..'))).toEqual([]);
  });
});

describe('a song whose interaction has ended', () => {
  it('after 20 minutes arrives once, in its card', async () => {
    const song = await songUnderWay();
    song.passes(20 * minute);
    await song.finish();
    const card = await expectOnce(song);
    expect(card.id).toBe(song.invocation.response()?.id);
    const uploads = song.rig.discord.journal.all().filter(({ files }) => files.length > 0);
    expect(uploads.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['PATCH', '/channels/:channel_id/messages/:message_id', 200],
    ]);
  });

  it('between the margin and the deadline takes no risk with the token', async () => {
    const song = await songUnderWay();
    song.passes(14.5 * minute);
    song.rig.discord.journal.clear();
    await song.finish();
    await expectOnce(song);
    expect(song.rig.discord.journal.count(({ path }) => path.startsWith('/webhooks/'))).toBe(0);
  });

  it('and that only its member may see, comes as a direct message', async () => {
    const song = await songUnderWay({ values: { private: true } });
    song.passes(20 * minute);
    await song.finish();
    const message = await expectOnce(song);
    expect(message.channelId).toBe(song.rig.discord.dm(song.alice).id);
    expect(message.pinged).toEqual([song.alice.id]);
    const bob = song.guild.member('bob');
    expect(song.channel.messages(bob)).toEqual([]);
  });
});

describe('a song that ends while Discord is in trouble', () => {
  const troubled = /^\/(webhooks|channels|users)\//;

  it.each([
    ['answers 503', { kind: 'answer', status: 503, body: 'upstream connect error' }],
    [
      'answers 500',
      { kind: 'answer', status: 500, body: { message: '500: Internal Server Error', code: 0 } },
    ],
    ['hangs up', { kind: 'drop' }],
    ['does what it is asked to, and hangs up', { kind: 'drop-after' }],
  ] as const)('and after a restart meets a Discord that %s, arrives once', async (_, act) => {
    const song = await songUnderWay();
    const { discord } = song.rig;
    await song.rig.app.stop();
    song.passes(20 * minute);
    await song.finish();
    const recovered = discord.faults.add(({ path }) => troubled.test(path), act, Infinity);
    await song.rig.restart();
    const isStruck = (row: { fault?: string }): boolean => row.fault === act.kind;
    await discord.until('three vain attempts', () => discord.journal.count(isStruck) >= 3);
    recovered();
    song.passes(minute);
    const card = await expectOnce(song);
    expect(card.id).toBe(song.invocation.response()?.id);
  });

  it('that refuses every connection, arrives once when it is back', async () => {
    const song = await songUnderWay({ prepare: lineToDiscord });
    const { discord, log } = song.rig;
    const begun = (): number => discord.gateway.resumes + discord.gateway.identifies;
    const before = begun();
    await song.prepared.cut();
    await song.finish();
    await discord.until('a vain attempt', () => log.some((line) => line.includes('was not delivered')));
    await song.prepared.mend();
    song.passes(minute);
    const card = await expectOnce(song);
    expect(card.id).toBe(song.invocation.response()?.id);
    await discord.until('the gateway is back', () => begun() > before);
    await (await song.alice.runs('/jobs')).settled();
  });
});

describe('a song whose card was deleted', () => {
  it.each([
    ['while the token lives', 0],
    ['and whose token is dead', 20 * minute],
  ])('%s comes in a new message that mentions its member', async (_, ms) => {
    const song = await songUnderWay();
    song.invocation.response()?.delete();
    song.passes(ms);
    await song.finish();
    const message = await expectOnce(song);
    expect(message.channelId).toBe(song.channel.id);
    expect(message.pinged).toEqual([song.alice.id]);
    expect(message.content).toContain(`<@${song.alice.id}>`);
  });

  it('is posted once although the answer to the post was lost', async () => {
    const song = await songUnderWay();
    song.invocation.response()?.delete();
    song.passes(20 * minute);
    song.rig.discord.faults.add('POST /channels/*/messages', { kind: 'drop-after' });
    await song.finish();
    await expectOnce(song);
    expect(posts(song, 0)).toBe(1);
  });
});

describe('a song that may no longer be shown where it was asked for', () => {
  const ways: [string, (song: SongUnderWay) => void][] = [
    ['the channel is closed to the bot', ({ channel }) => void (channel.botMay = 0n)],
    ['the channel is deleted', ({ channel }) => channel.delete()],
    [
      'the bot may no longer write and the card is gone',
      ({ channel, invocation }) => {
        channel.botMay &= ~0x800n;
        invocation.response()?.delete();
      },
    ],
    [
      'the server removed the bot, and another has both',
      ({ rig, guild, alice }) => {
        rig.discord.guild('Elsewhere').member('alice', { user: alice.person.user });
        guild.removeBot();
      },
    ],
  ];

  it.each(ways)('comes as a direct message: %s', async (_, happens) => {
    const song = await songUnderWay();
    happens(song);
    song.passes(20 * minute);
    await song.finish();
    const message = await expectOnce(song);
    expect(message.channelId).toBe(song.rig.discord.dm(song.alice).id);
    expect(message.pinged).toEqual([song.alice.id]);
  });

  it.each([
    ['its member takes no direct messages', ({ alice }: SongUnderWay) => void (alice.refusesDms = true)],
    ['the bot shares no server with its member', ({ guild }: SongUnderWay) => guild.removeBot()],
  ])('and %s: is given up without a loop, and the bot goes on', async (_, happens) => {
    const song = await songUnderWay();
    const { rig, channel } = song;
    channel.delete();
    happens(song);
    song.passes(20 * minute);
    await song.finish();
    await rig.discord.until('it is given up', () => storedJobs(rig)[0]?.delivery === 'undeliverable');
    expect(song.delivered()).toEqual([]);
    expect(storedJobs(rig)[0]).toMatchObject({ state: 'succeeded', deliveryAttempts: 1 });
    expect(posts(song, 403)).toBe(1);

    await rig.restart();
    song.passes(60 * minute);
    const elsewhere = rig.discord.guild('Elsewhere');
    const square = elsewhere.channel('square');
    await elsewhere.member('bob').in(square).runs('/song', { prompt: 'life goes on' });
    await rig.discord.until('the second song', () => rig.songApi.tasks.size === 2);
    await song.finish();
    await songIn(rig.discord, square);
    expect(posts(song, 403)).toBe(1);
    expect(square.cards()).toHaveLength(1);
  });
});
