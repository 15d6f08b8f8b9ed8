import { Routes } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { FaultAct } from '../../playground/faults.ts';
import { createClient } from '../../src/events/discord-client.ts';
import { GatewaySessions } from '../../src/events/gateway-sessions.ts';
import { systemClock } from '../../src/services/clock.ts';
import { audioOf, cardSaying } from '../support/cards.ts';
import { lineToSongApi } from '../support/lines.ts';
import { quickRig } from '../support/quick-rig.ts';
import { listeningLog } from '../support/quiet.ts';
import { expectOnce, songUnderWay, type SongUnderWay } from '../support/song-under-way.ts';
import { storedJobs } from '../support/stored-jobs.ts';

const minute = 60_000;
/** Either question to the song API is an attempt: the breaker listens to both. */
const failure = /a submit was not accepted|the batch fetch failed/;
const excuse = "can't be reached right now";

/** What the cards of waiting songs were changed to, in order. */
const phases = ({ rig }: SongUnderWay): (string | undefined)[] =>
  rig.discord.journal
    .all()
    .filter(({ method, body }) => method === 'PATCH' && JSON.stringify(body ?? '').includes('has to wait'))
    .map(({ body }) => /Waiting[^\\]*|Handing[^\\]*/.exec(JSON.stringify(body))?.[0]);

/** Alice's song is being made, Bob asks for one; then the song API fails, recovers, and both must arrive, once each. */
async function twoSongsThrough(
  song: SongUnderWay,
  fails: () => Promise<void> | void,
  recovers: () => Promise<void> | void,
): Promise<void> {
  const { rig, guild, channel } = song;
  const { discord, songApi } = rig;
  const square: EmulatedChannel = guild.channel('square');
  await fails();
  await guild.member('bob').in(square).runs('/song', { prompt: 'a song that has to wait' });
  const waiting = await cardSaying(discord, square, excuse);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const vain = (): number => rig.log.filter((line) => failure.test(line)).length;
    const before = vain();
    song.passes(5 * minute);
    await discord.until('one more attempt', () => vain() > before);
  }
  await discord.until('it waits again', () => waiting.text().includes(excuse));
  // Between two attempts nobody claims that it is only a matter of its turn, and nothing is said twice in a row.
  const said = phases(song);
  expect(said.filter((phase) => phase?.includes('turn'))).toEqual([]);
  expect(said.filter((phase, index) => phase === said[index - 1])).toEqual([]);
  expect(channel.cards().every((card) => audioOf(card).length === 0)).toBe(true);
  expect(songApi.tasks.size).toBe(1);

  await recovers();
  song.passes(5 * minute);
  await discord.until('the waiting song goes on', () => songApi.tasks.size === 2);
  await discord.until('it is being made', () => storedJobs(rig)[1]?.state === 'running');
  song.passes(minute);
  await song.finish();
  await discord.until('both songs', () => storedJobs(rig).every(({ delivery }) => delivery === 'delivered'));
  expect(song.delivered()).toHaveLength(2);
  expect(songApi.tasks.size).toBe(2);
  expect(songApi.journal.submits().filter(({ status }) => status === 200)).toHaveLength(2);
  expect(discord.violations).toEqual([]);
}

describe('a song API that refuses every connection', () => {
  it('keeps songs waiting, says so once, and loses none', async () => {
    const song = await songUnderWay({ prepare: lineToSongApi });
    await twoSongsThrough(song, song.prepared.cut, song.prepared.mend);
  });

  it('while a song ends there, has it delivered afterwards', async () => {
    const song = await songUnderWay({ prepare: lineToSongApi });
    const { discord, log } = song.rig;
    await song.prepared.cut();
    await song.finish();
    await discord.until('a vain question', () => log.some((line) => line.includes('the batch fetch failed')));
    // An outage is no proof that a song is lost, however long it lasts.
    song.passes(90 * minute);
    const failures = (): number => log.filter((line) => line.includes('the batch fetch failed')).length;
    const before = failures();
    await discord.until('one more', () => failures() > before);
    await song.prepared.mend();
    song.passes(2 * minute);
    await expectOnce(song);
  });

  it('when the bot starts, does not keep it from starting', async () => {
    const song = await songUnderWay({ prepare: lineToSongApi });
    await song.prepared.cut();
    await song.rig.restart();
    await song.finish();
    await song.prepared.mend();
    song.passes(2 * minute);
    await expectOnce(song);
  });
});

describe('a song API in a storm', () => {
  const page = '<html><title>503 Service Temporarily Unavailable</title></html>';
  const busy = {
    error: { message: 'system cpu overloaded', type: 'new_api_error', code: 'system_cpu_overloaded' },
  };
  const storms: [string, Extract<FaultAct, { kind: 'answer' }>][] = [
    ['503 of a proxy', { kind: 'answer', status: 503, body: page, headers: { 'content-type': 'text/html' } }],
    ['503 of its own', { kind: 'answer', status: 503, body: busy }],
    ['429', { kind: 'answer', status: 429, body: '' }],
    ['429 with Retry-After', { kind: 'answer', status: 429, body: '', headers: { 'retry-after': '30' } }],
  ];

  it.each(storms)('of %s keeps songs waiting, says so once, and loses none', async (_, act) => {
    const song = await songUnderWay();
    let calm = (): void => undefined;
    await twoSongsThrough(
      song,
      () => {
        calm = song.rig.songApi.faults.add(({ path }) => path.startsWith('/producer/'), act, Infinity);
      },
      () => calm(),
    );
  });
});

describe('a gateway that breaks off', () => {
  const breaks: [string, (song: SongUnderWay) => void][] = [
    ['its sockets', ({ rig }) => rig.discord.gateway.dropSockets()],
    ['politely', ({ rig }) => rig.discord.gateway.reconnect()],
    ['the session', ({ rig }) => rig.discord.gateway.invalidate(false)],
  ];

  it.each(breaks)(
    '%s while a song is made: it arrives once, and what is asked then is answered',
    async (_, happens) => {
      const song = await songUnderWay();
      const { gateway } = song.rig.discord;
      for (let time = 1; time <= 2; time += 1) {
        const begun = gateway.resumes + gateway.identifies;
        happens(song);
        await song.rig.discord.until('a new beginning', () => gateway.resumes + gateway.identifies > begun);
      }
      await song.finish();
      await expectOnce(song);
      await (await song.alice.runs('/jobs')).settled();
    },
  );
});

describe('a 4xx that is no answer of Discord to this request', () => {
  const unauthorized = {
    kind: 'answer',
    status: 401,
    body: { message: '401: Unauthorized', code: 0 },
  } as const;
  const page = '<html><title>Access denied</title></html>';

  it.each([
    ['one 401', unauthorized],
    [
      'a web page with 403',
      { kind: 'answer', status: 403, body: page, headers: { 'content-type': 'text/html' } },
    ],
    ['an empty 400', { kind: 'answer', status: 400, body: '' }],
  ] as const)('(%s) is no reason to give a song up', async (_, act) => {
    const song = await songUnderWay();
    const { discord, log } = song.rig;
    song.passes(20 * minute);
    const recovered = discord.faults.add('PATCH /channels/*/messages/*', act, Infinity);
    await song.finish();
    await discord.until('a vain delivery', () => log.some((line) => line.includes('was not delivered')));
    recovered();
    song.passes(minute);
    await expectOnce(song);
  });

  it('(one 401) does not blind what the bot asks later', async () => {
    const song = await songUnderWay();
    const { discord } = song.rig;
    song.passes(20 * minute);
    discord.faults.add('POST /channels/*/messages', unauthorized);
    await song.finish();
    await expectOnce(song);
    await discord.until(
      'the announcement',
      () => discord.journal.count(({ status }) => status === 401) === 1,
    );
    const square = song.guild.channel('square');
    await song.alice.in(square).runs('/song', { prompt: 'another one' });
    await discord.until('it is being made', () => storedJobs(song.rig)[1]?.state === 'running');
    square.card()?.delete();
    song.passes(20 * minute);
    await song.finish();
    await discord.until('a new message', () => square.cards().some((card) => audioOf(card).length > 0));
  });

  it('(one 401) does not silence the audit channel', async () => {
    const { discord, log } = await quickRig();
    const guild = discord.guild('Garden');
    const audit = guild.channel('audit');
    const admin = guild.member('ada', { admin: true }).in(guild.channel('songs'));
    await (await admin.runs('/settings audit-channel', { channel: audit })).settled();
    discord.faults.add('POST /channels/*/messages', unauthorized);
    await admin.runs('/quota-admin pause');
    await discord.until('a vain notice', () => log.some((line) => line.includes('could not be posted')));
    await admin.runs('/quota-admin resume');
    await discord.until('the next one', () => audit.messages().length === 1);
  });

  it('(one 401) does not keep a shard from ever connecting anew', async () => {
    const { discord } = await quickRig();
    const { token } = discord.addBot();
    const { log } = listeningLog();
    const nothing = { get: async () => undefined, set: async () => undefined, delete: async () => false };
    const { client, close } = createClient({
      apiUrl: discord.apiUrl,
      shards: undefined,
      sessions: new GatewaySessions({ kv: nothing, clock: systemClock, log }),
      log,
      onInteraction: async () => undefined,
    });
    onTestFinished(close);
    client.rest.setToken(token);
    discord.faults.add('GET /gateway/bot', unauthorized);
    await expect(client.rest.get(Routes.gatewayBot())).rejects.toThrow('401');
    await expect(client.rest.get(Routes.gatewayBot())).resolves.toHaveProperty('url');
  });
});
