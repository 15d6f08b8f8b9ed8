import { describe, expect, it } from 'vitest';
import type { Rig } from '../../playground/rig.ts';
import { audioOf, cardSaying, songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

/** A song is under way, then the batch fetch meets the weather, then it clears up: the song must arrive, once. */
async function songThrough(weather: (rig: Rig) => void, batches: number): Promise<Rig> {
  const rig = await quickRig({ songApi: { songMs: [400, 500] } });
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  weather(rig);
  await guild.member('alice').in(channel).runs('/song', { prompt: 'a song for all weathers' });
  await songIn(rig.discord, channel);
  expect(channel.cards()).toHaveLength(1);
  expect(rig.songApi.tasks.size).toBe(1);
  expect(rig.songApi.journal.batches().length).toBeGreaterThan(batches);
  return rig;
}

const answers: [string, number, unknown, Record<string, string>?][] = [
  ['data: null', 200, { code: 'success', message: '', data: null }],
  ['data: []', 200, { code: 'success', message: '', data: [] }],
  ['HTML with 200', 200, '<!doctype html><title>console</title>', { 'content-type': 'text/html' }],
  ['401', 401, { error: { message: 'Invalid token', type: 'new_api_error', code: '' } }],
  ['403', 403, { error: { message: 'no access', type: 'new_api_error', code: '' } }],
  ['429 with Retry-After', 429, { code: 'busy', message: 'slow down', data: null }, { 'retry-after': '1' }],
  ['429 with an empty body', 429, ''],
  ['500', 500, { code: 'get_tasks_failed', message: 'oops', data: null }],
  ['502 of a proxy', 502, '<html>bad gateway</html>'],
  ['truncated JSON', 200, '{"code":"success","data":[{"task_id":'],
  ['a bare null', 200, 'null'],
];

describe('the batch fetch', () => {
  it.each(answers)('answers %s twice: the song is late, not lost', async (_, status, body, headers) => {
    await songThrough((rig) => {
      const answer = { kind: 'answer', status, body, ...(headers === undefined ? {} : { headers }) } as const;
      rig.songApi.faults.add('POST /producer/fetch', answer, 2);
    }, 2);
  });

  it.each([['drop'], ['drop-after'], ['truncate']] as const)(
    'loses its connection (%s) twice: the song is late, not lost',
    async (kind) => {
      await songThrough((rig) => rig.songApi.faults.add('POST /producer/fetch', { kind }, 2), 2);
    },
  );

  it('keeps to Retry-After', async () => {
    const rig = await songThrough((it) => {
      const headers = { 'retry-after': '1' };
      it.songApi.faults.add('POST /producer/fetch', { kind: 'answer', status: 429, headers, body: '' }, 1);
    }, 1);
    const [first, second] = rig.songApi.journal.batches();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it.each(['old-first', 'new-first'] as const)(
    'holds one task twice, running and finished, %s: one finished song',
    async (order) => {
      const rig = await songThrough((it) => {
        it.songApi.doubled = order;
      }, 0);
      expect(rig.discord.journal.count((entry) => entry.files.length > 0)).toBe(1);
    },
  );

  it.each([
    ['an unknown status', { unknownStatus: 'MEDITATING' }],
    ['a duration as text', { durationAs: 'string' }],
    ['a duration as number', { durationAs: 'number' }],
  ] as const)('says %s: the song arrives', async (_, script) => {
    await songThrough((rig) => rig.songApi.next(script), 0);
  });

  it('says its numbers as strings: the song arrives', async () => {
    const asText = (value: unknown): unknown => {
      if (typeof value === 'number') return String(value);
      if (Array.isArray(value)) return value.map(asText);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
    };
    await songThrough((rig) => rig.songApi.tamper(asText), 0);
  });

  it('brings one bad record: the others arrive', async () => {
    const rig = await quickRig();
    const guild = rig.discord.guild('Garden');
    const channel = guild.channel('songs');
    const garbage = [null, 7, 'x', {}, { task_id: 5 }, { task_id: '', status: 'SUCCESS' }];
    rig.songApi.tamper((envelope) => {
      const { data, ...rest } = envelope as { data: unknown };
      return Array.isArray(data)
        ? { ...rest, data: [...garbage, ...(data as unknown[]), ...garbage] }
        : envelope;
    });
    await guild.member('alice').in(channel).runs('/song', { prompt: 'one' });
    await guild.member('bob').in(channel).runs('/song', { prompt: 'two' });
    await rig.discord.until(
      'both songs',
      () => channel.cards().filter((card) => audioOf(card).length > 0).length === 2,
    );
  });

  it('leaves a task out for good: the member is told, nothing is charged', async () => {
    const rig = await quickRig();
    const guild = rig.discord.guild('Garden');
    const channel = guild.channel('songs');
    rig.songApi.next({ vanish: true });
    await guild.member('alice').in(channel).runs('/song', { prompt: 'gone' });
    const card = await cardSaying(rig.discord, channel, 'got lost');
    expect(card.text()).toContain('Nothing was charged');
  });
});

describe('the submit', () => {
  it.each([
    [
      'is not served',
      503,
      { error: { message: 'no channel', type: 'new_api_error', code: 'model_not_found' } },
      "doesn't offer that",
    ],
    ['is answered by a web page', 200, '<html>console</html>', "doesn't offer that"],
    [
      'has a refused key',
      401,
      { error: { message: 'Invalid token', type: 'new_api_error', code: '' } },
      "bot's key",
    ],
    [
      'has an empty account',
      403,
      { code: 'insufficient_user_quota', message: 'x', data: null },
      'account at the song service is empty',
    ],
    ['is refused', 400, { code: 'invalid_request', message: 'x', data: null }, 'refused this request'],
    ['fails inside', 500, { code: 'do_request_failed', message: 'x', data: null }, 'refused this request'],
    ['is accepted without an id', 200, { code: 'success', data: null }, 'got no answer'],
    ['meets a broken proxy', 504, '<html>timeout</html>', 'got no answer'],
  ])('%s: one plain sentence, sent once, nothing charged', async (_, status, body, sentence) => {
    const { discord, songApi } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    songApi.faults.add('POST /producer/submit/MUSIC', { kind: 'answer', status, body });
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    const card = await cardSaying(discord, channel, sentence);
    expect(card.text().toLowerCase()).toContain('nothing was charged');
    expect(songApi.journal.submits()).toHaveLength(1);
    expect(card.buttons.map(({ label }) => label)).toContain('Try again');
  });

  it('whose answer was lost is never repeated', async () => {
    const { discord, songApi } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    songApi.faults.add('POST /producer/submit/MUSIC', { kind: 'drop-after' });
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    await cardSaying(discord, channel, 'No answer from the song service');
    expect(songApi.journal.submits()).toHaveLength(1);
  });

  it('that meets 429 waits as it is told, and the song arrives', async () => {
    const { discord, songApi } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const headers = { 'retry-after': '1' };
    songApi.faults.add('POST /producer/submit/MUSIC', { kind: 'answer', status: 429, headers, body: '' }, 2);
    await guild.member('alice').in(channel).runs('/song', { prompt: 'x' });
    await songIn(discord, channel);
    expect(songApi.tasks.size).toBe(1);
    const [first, second] = songApi.journal.submits();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  });
});
