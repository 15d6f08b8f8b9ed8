import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { RawApi, type Answered } from './discord-raw-api.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let channel: EmulatedChannel;
let alice: Member;
let api: RawApi;
/** Frozen, so that windows end when a test says so. */
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 0, 1);
  discord = await createDiscord({ now: () => time });
  bot = discord.addBot();
  const guild = discord.guild('Home');
  channel = guild.channel('music');
  alice = guild.member('Alice');
  api = new RawApi(discord, bot);
  await api.register(bot);
});

afterEach(() => discord.stop());

async function times(count: number, request: () => Promise<Answered>): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (let i = 0; i < count; i += 1) answers.push(await request());
  return answers;
}

async function deferred(): Promise<string> {
  const { interaction } = alice.fires('/song', { prompt: 'x' });
  await api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, { type: 5 });
  return `/webhooks/${bot.applicationId}/${interaction.token}`;
}

describe('rate limits', () => {
  it('allow five edits and follow-ups in five seconds for each token', async () => {
    const webhook = await deferred();
    const edit = (): Promise<Answered> =>
      api.call('PATCH', `${webhook}/messages/@original`, { content: 'x' });
    const [first] = await times(4, edit);
    expect(first!.headers.get('x-ratelimit-limit')).toBe('5');
    expect(first!.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(Number(first!.headers.get('x-ratelimit-reset-after'))).toBe(5);
    expect(Number(first!.headers.get('x-ratelimit-reset'))).toBe(time / 1_000 + 5);
    expect((await api.call('POST', webhook, { content: 'x' })).status).toBe(200);

    const refused = await edit();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ retry_after: 5, global: false });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    expect(discord.rateLimited).toBe(1);
    expect(discord.violations).toEqual([]);

    const other = await deferred();
    expect((await api.call('PATCH', `${other}/messages/@original`, { content: 'x' })).status).toBe(200);
    discord.advance(5_000);
    expect((await edit()).status).toBe(200);
  });

  it('allow five messages and five edits in five seconds for each channel', async () => {
    const path = `/channels/${channel.id}/messages`;
    const sent = await times(6, () => api.call('POST', path, { content: 'x' }));
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    const { id } = sent[0]!.body;
    const edits = await times(6, () => api.call('PATCH', `${path}/${id}`, { content: 'y' }));
    expect(edits.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('allow fifty requests a second for each bot, interactions not counted', async () => {
    const webhooks = await Promise.all(Array.from({ length: 60 }, deferred));
    for (const webhook of webhooks)
      await api.call('PATCH', `${webhook}/messages/@original`, { content: 'x' });
    expect(discord.rateLimited).toBe(0);
    discord.advance(1_000);
    await times(25, () => api.call('GET', '/users/@me'));
    await times(25, () => api.call('GET', '/gateway/bot'));
    const refused = await api.call('GET', '/applications/@me');
    expect(refused).toMatchObject({ status: 429, body: { global: true } });
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('global');
  });
});

describe('the emulator', () => {
  it('keeps up with 200 interactions at once', async () => {
    const started = performance.now();
    const webhooks = await Promise.all(Array.from({ length: 200 }, deferred));
    await Promise.all(
      webhooks.map((webhook) => api.call('PATCH', `${webhook}/messages/@original`, { content: 'x' })),
    );
    // A generous bound: this is 400 requests of the test itself as well.
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(channel.messages()).toHaveLength(200);
  });
});
