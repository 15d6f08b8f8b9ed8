import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { RawApi } from './discord-raw-api.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let guild: Guild;
let channel: EmulatedChannel;
let alice: Member;
let bob: Member;
let api: RawApi;

beforeEach(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  guild = discord.guild('Home');
  channel = guild.channel('music');
  alice = guild.member('Alice');
  bob = guild.member('Bob');
  api = new RawApi(discord, bot);
  await api.register(bot);
});

afterEach(() => discord.stop());

function callback({ interaction }: Invocation, body: unknown, query = ''): ReturnType<RawApi['call']> {
  return api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback${query}`, body);
}

function webhook({ interaction }: Invocation, path = ''): string {
  return `/webhooks/${bot.applicationId}/${interaction.token}${path}`;
}

describe('deadlines and tokens', () => {
  it('fails an interaction that nobody answers, and refuses the late answer', async () => {
    await discord.stop();
    discord = await createDiscord({ ackDeadlineMs: 50 });
    bot = discord.addBot();
    alice = discord.guild('Hurry').member('Alice');
    api = new RawApi(discord, bot);
    await api.register(bot);
    const failed = Promise.withResolvers<string>();
    discord.events.on('interaction-failed', (event) => failed.resolve(event.interactionId));

    const invocation = alice.fires('/song', { prompt: 'x' });
    await expect(invocation.acknowledged).rejects.toThrow('the application did not respond');
    expect(await failed.promise).toBe(invocation.id);
    expect(await callback(invocation, { type: 5 })).toMatchObject({ status: 404, body: { code: 10_062 } });
    await expect(alice.runs('/song', { prompt: 'x' })).rejects.toThrow('did not respond');
  });

  it('fails it as well when the clock is moved past the deadline', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    const started = performance.now();
    discord.advance(3_001);
    await expect(invocation.acknowledged).rejects.toThrow('did not respond');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('lets a token live for fifteen minutes', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    await callback(invocation, { type: 5 });
    discord.advance(899_000);
    expect(
      (await api.call('PATCH', webhook(invocation, '/messages/@original'), { content: 'just so' })).status,
    ).toBe(200);
    discord.advance(2_000);
    const late = await api.call('PATCH', webhook(invocation, '/messages/@original'), { content: 'too late' });
    expect(late).toMatchObject({ status: 401, body: { code: 50_027 } });
    expect(channel.card()?.text()).toBe('just so');
  });

  it('takes one answer only, and no edit before it', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    const early = await api.call('PATCH', webhook(invocation, '/messages/@original'), { content: 'early' });
    expect(early).toMatchObject({ status: 404, body: { code: 10_015 } });
    expect((await api.call('POST', webhook(invocation), { content: 'early' })).body.code).toBe(10_015);
    expect((await callback(invocation, { type: 5 })).status).toBe(204);
    expect(await callback(invocation, { type: 5 })).toMatchObject({ status: 400, body: { code: 40_060 } });
    const forged = await api.call('POST', `/interactions/${invocation.id}/nonsense/callback`, { type: 5 });
    expect(forged.body.code).toBe(10_062);
    const other = alice.fires('/song', { prompt: 'x' });
    const mixed = await api.call(
      'POST',
      `/interactions/${invocation.id}/${other.interaction.token}/callback`,
      { type: 5 },
    );
    expect(mixed.body.code).toBe(10_062);
    expect(
      (await api.call('POST', `/webhooks/${bot.applicationId}/nonsense`, { content: 'x' })).body.code,
    ).toBe(10_015);
  });

  it('gives the message back where it is asked for', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    const answered = await callback(
      invocation,
      { type: 4, data: { content: 'hi', flags: 64 } },
      '?with_response=true',
    );
    const id = invocation.response()!.id;
    expect(answered).toMatchObject({
      status: 200,
      body: {
        interaction: {
          response_message_id: id,
          response_message_loading: false,
          response_message_ephemeral: true,
        },
        resource: { type: 4, message: { id, content: 'hi', flags: 64 } },
      },
    });
  });

  it('fills in a deferral with the first follow-up and keeps it private', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    await callback(invocation, { type: 5, data: { flags: 64 } });
    expect(channel.asText(alice)).toBe('Minstrel: … is thinking');
    await api.call('POST', webhook(invocation), { content: 'one' });
    await api.call('POST', webhook(invocation), { content: 'two' });
    expect(invocation.response()).toMatchObject({ content: 'one', ephemeralFor: alice.id, flags: 64 });
    expect(invocation.followUps().map((message) => message.text())).toEqual(['two']);
    const [second] = invocation.followUps();
    expect(second?.ephemeralFor).toBeUndefined();
    expect(
      (await api.call('PATCH', webhook(invocation, `/messages/${second!.id}`), { content: '2' })).status,
    ).toBe(200);
    expect((await api.call('DELETE', webhook(invocation, `/messages/${second!.id}`))).status).toBe(204);
    expect(invocation.followUps()).toEqual([]);
    second?.delete();
    expect((await api.call('GET', webhook(invocation, `/messages/${second!.id}`))).body.code).toBe(10_008);
  });

  it('knows when the card or the channel is gone', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    await callback(invocation, { type: 4, data: { content: 'hi' } });
    invocation.response()!.delete();
    const edit = (): ReturnType<RawApi['call']> =>
      api.call('PATCH', webhook(invocation, '/messages/@original'), { content: 'there?' });
    expect((await edit()).body.code).toBe(10_008);
    channel.delete();
    expect((await edit()).body.code).toBe(10_003);
  });
});

describe("Discord's own client", () => {
  it.each([
    [
      'a command that nobody registered',
      '/sing',
      {},
      'registered "sing"; there are: song, quota, Cover this',
    ],
    ['a missing required option', '/song', {}, 'the option "prompt" is required'],
    ['an unknown option', '/song', { prompt: 'x', tempo: 'x' }, 'has no option "tempo"'],
    ['a text that is too long', '/song', { prompt: 'x'.repeat(101) }, 'longer than 100'],
    ['a number out of range', '/song', { prompt: 'x', takes: 5 }, 'above 4'],
    ['a value that is no choice', '/song', { prompt: 'x', engine: 'own' }, 'takes only suno'],
    ['the wrong type', '/song', { prompt: 5 }, "can't be number"],
    ['a missing subcommand', '/quota', {}, 'hidden from Alice'],
  ])('refuses %s', async (_what, line, values, error) => {
    await expect(alice.runs(line, values as Record<string, string>)).rejects.toThrow(error);
  });

  it('needs the whole path of a subcommand', async () => {
    const admin = guild.member('Admin', { permissions: 32n });
    await expect(admin.runs('/quota')).rejects.toThrow('needs a subcommand');
    await expect(admin.runs('/quota user rob')).rejects.toThrow('no subcommand "rob"');
  });

  it('offers commands only where they belong, and files only as large as may be', async () => {
    await api.register(bot, [
      { name: 'adult', description: 'd', nsfw: true },
      { name: 'guild', description: 'd', contexts: [0] },
      { name: 'file', description: 'd', options: [{ type: 11, name: 'file', description: 'd' }] },
    ]);
    expect(() => alice.fires('/adult')).toThrow('not age-restricted');
    alice.in(guild.channel('late', { nsfw: true })).fires('/adult');
    expect(() => alice.in(discord.dm(alice)).fires('/guild')).toThrow('not offered in direct messages');
    discord.uploadLimitBytes = 10;
    const file = (size: number): { name: string; bytes: Buffer } => ({
      name: 'a.mp3',
      bytes: Buffer.alloc(size),
    });
    alice.fires('/file', { file: file(10) });
    expect(() => alice.fires('/file', { file: file(11) })).toThrow('a file over 10 bytes');
  });

  it('can be a hostile one', async () => {
    const invocation = alice.fires(
      '/quota user grant',
      { member: bob, credits: -1, tempo: 'x' },
      { force: true },
    );
    expect((await callback(invocation, { type: 5 })).status).toBe(204);
  });
});
