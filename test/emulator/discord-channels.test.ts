import { MessageFlags, PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import { BOT_MAY } from '../../playground/discord/model/permissions.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { RawApi, type Answered } from './discord-raw-api.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let guild: Guild;
let channel: EmulatedChannel;
let alice: Member;
let api: RawApi;

beforeEach(async () => {
  discord = await createDiscord({ uploadLimitBytes: 1_000 });
  bot = discord.addBot();
  guild = discord.guild('Home');
  channel = guild.channel('music');
  alice = guild.member('Alice');
  api = new RawApi(discord, bot);
});

afterEach(() => discord.stop());

const file = (name: string, size = 3): { name: string; bytes: Buffer } => ({
  name,
  bytes: Buffer.alloc(size, 'x'),
});

function send(body: unknown, files?: Array<{ name: string; bytes: Buffer }>): Promise<Answered> {
  return api.call('POST', `/channels/${channel.id}/messages`, body, files);
}

function edit(id: unknown, body: unknown, files?: Array<{ name: string; bytes: Buffer }>): Promise<Answered> {
  return api.call('PATCH', `/channels/${channel.id}/messages/${String(id)}`, body, files);
}

describe('messages', () => {
  it('are made, read, changed, listed and deleted', async () => {
    const { body } = await send({ content: 'one' });
    expect((await edit(body.id, { content: 'two' })).body).toMatchObject({
      content: 'two',
      edited_timestamp: expect.stringMatching(/Z$/) as string,
    });
    await send({ content: 'three' });
    const list = await api.call(
      'GET',
      `/channels/${channel.id}/messages?limit=1&before=${channel.card()!.id}`,
    );
    expect(list.body).toMatchObject([{ id: body.id }]);
    expect((await api.call('DELETE', `/channels/${channel.id}/messages/${body.id}`)).status).toBe(204);
    expect((await edit(body.id, { content: 'x' })).body.code).toBe(10_008);
    expect(channel.messages().map((message) => message.text())).toEqual(['three']);
  });

  it('are changed by their author only, and deleted with the right to', async () => {
    const theirs = alice.says('mine');
    expect((await edit(theirs.id, { content: 'x' })).body.code).toBe(50_005);
    const remove = (): Promise<Answered> =>
      api.call('DELETE', `/channels/${channel.id}/messages/${theirs.id}`);
    expect((await remove()).body.code).toBe(50_013);
    channel.botMay |= Flag.ManageMessages;
    expect((await remove()).status).toBe(204);
  });

  it('are not made twice with an enforced nonce', async () => {
    const first = await send({ content: 'x', nonce: 'job-1', enforce_nonce: true });
    const second = await send({ content: 'x', nonce: 'job-1', enforce_nonce: true });
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, nonce: 'job-1' } });
    expect(channel.messages()).toHaveLength(1);
    await send({ content: 'x', nonce: 'job-1' });
    expect(channel.messages()).toHaveLength(2);
    discord.advance(301_000);
    await send({ content: 'x', nonce: 'job-1', enforce_nonce: true });
    expect(channel.messages()).toHaveLength(3);
  });

  it('keep the files that an edit lists, and take new ones', async () => {
    const { body } = await send({ content: 'x' }, [file('a.mp3'), file('b.mp3')]);
    const message = channel.card()!;
    const [a, b] = message.attachments;
    await edit(body.id, { content: 'no word of files' });
    expect(message.attachments).toHaveLength(2);
    await edit(body.id, { attachments: [{ id: b!.id }, { id: '0' }] }, [file('c.mp3')]);
    expect(message.attachments.map((kept) => kept.filename)).toEqual(['b.mp3', 'c.mp3']);
    expect((await fetch(a!.url)).status).toBe(404);
    await edit(body.id, { attachments: [] });
    expect(message.attachments).toEqual([]);
  });

  it('notify whom they mention, unless they are told not to', async () => {
    const bob = guild.member('Bob');
    const content = `<@${alice.id}> and <@${bob.id}>`;
    const pinged = async (more: object): Promise<string[]> => {
      await send({ content, ...more });
      return channel.card()!.pinged;
    };
    expect(await pinged({})).toEqual([alice.id, bob.id]);
    expect(await pinged({ allowed_mentions: { parse: [] } })).toEqual([]);
    expect(await pinged({ allowed_mentions: { parse: [], users: [bob.id] } })).toEqual([bob.id]);
    const card = channel.card()!;
    await edit(card.id, { content: `<@${alice.id}>` });
    expect(card.pinged).toEqual([bob.id]);
  });

  it('answer others', async () => {
    const asked = alice.says('?');
    const { body } = await send({ content: '!', message_reference: { message_id: asked.id } });
    expect(body).toMatchObject({ type: 19, referenced_message: { id: asked.id } });
    expect(channel.card()!.pinged).toEqual([alice.id]);
    await send({
      content: '!',
      message_reference: { message_id: asked.id },
      allowed_mentions: { parse: [] },
    });
    expect(channel.card()!.pinged).toEqual([]);
    asked.delete();
    const gone = { message_id: asked.id };
    expect((await send({ content: '!', message_reference: gone })).status).toBe(400);
    expect(
      (await send({ content: '!', message_reference: { ...gone, fail_if_not_exists: false } })).status,
    ).toBe(200);
  });

  it('cannot lose the V2 flag', async () => {
    const components = [{ type: 10, content: 'text' }];
    const { body } = await send({ flags: MessageFlags.IsComponentsV2, components });
    expect((await edit(body.id, { flags: 0, content: 'x', components: [] })).status).toBe(400);
    expect((await edit(body.id, { flags: 4, components })).status).toBe(400);
    expect((await edit(body.id, { components: [{ type: 10, content: 'more' }] })).status).toBe(200);
    expect(channel.card()!.text()).toBe('more');
  });
});

describe('permissions', () => {
  it.each([
    ['to see the channel', Flag.ViewChannel, { content: 'x' }, undefined, 50_001],
    ['to write', Flag.SendMessages, { content: 'x' }, undefined, 50_013],
    ['to attach', Flag.AttachFiles, { content: 'x' }, [file('a.mp3')], 50_013],
    ['to embed', Flag.EmbedLinks, { embeds: [{ title: 'x' }] }, undefined, 50_013],
  ])('are needed %s', async (_what, permission, body, files, code) => {
    channel.botMay = BOT_MAY & ~permission;
    expect(await send(body, files)).toMatchObject({ status: 403, body: { code } });
    channel.botMay = Flag.Administrator;
    expect((await send(body, files)).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('are needed to read the past', async () => {
    alice.says('x');
    channel.botMay &= ~Flag.ReadMessageHistory;
    expect((await api.call('GET', `/channels/${channel.id}/messages`)).body).toEqual([]);
    const [message] = channel.messages();
    expect((await api.call('GET', `/channels/${channel.id}/messages/${message!.id}`)).body.code).toBe(50_013);
    expect((await send({ content: '!', message_reference: { message_id: message!.id } })).body.code).toBe(
      160_002,
    );
  });

  it('end with the channel and with the guild', async () => {
    guild.removeBot();
    expect((await send({ content: 'x' })).body.code).toBe(50_001);
    channel.delete();
    expect((await send({ content: 'x' })).body.code).toBe(10_003);
    expect((await api.call('GET', `/guilds/${guild.id}`)).body.code).toBe(10_004);
  });
});

describe('direct messages', () => {
  it('reach a member who takes them', async () => {
    const open = (): Promise<Answered> => api.call('POST', '/users/@me/channels', { recipient_id: alice.id });
    const dm = await open();
    expect(dm.body).toMatchObject({ type: 1, recipients: [{ id: alice.id }] });
    expect((await open()).body.id).toBe(dm.body.id);
    const write = (): Promise<Answered> =>
      api.call('POST', `/channels/${dm.body.id}/messages`, { content: 'psst' });
    expect((await write()).status).toBe(200);
    expect(discord.dm(alice).card()?.text()).toBe('psst');
    alice.refusesDms = true;
    expect(await write()).toMatchObject({ status: 403, body: { code: 50_007 } });
    alice.refusesDms = false;
    guild.removeBot();
    expect((await write()).body.code).toBe(50_278);
  });
});

describe('files', () => {
  it('may be as large as the guild allows', async () => {
    expect((await send({}, [file('a.mp3', 1_000), file('b.mp3', 1_000)])).status).toBe(200);
    expect(await send({}, [file('a.mp3', 1_001)])).toMatchObject({ status: 413, body: { code: 40_005 } });
    guild.uploadLimitBytes = 2_000;
    expect((await send({}, [file('a.mp3', 1_001)])).status).toBe(200);
    discord.uploadLimitBytes = 3_000;
    expect((await send({}, [file('a.mp3', 3_000)])).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('may be as large as the limit that the interaction told', async () => {
    await api.register(bot);
    const { interaction } = alice.fires('/song', { prompt: 'x' });
    await api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, { type: 5 });
    const upload = (size: number): Promise<Answered> =>
      api.call('PATCH', `/webhooks/${bot.applicationId}/${interaction.token}/messages/@original`, {}, [
        file('a.mp3', size),
      ]);
    expect((await upload(1_001)).status).toBe(413);
    alice.nitroLimitBytes = 1_001;
    expect((await upload(1_001)).status).toBe(200);
  });

  it('are served whole or in part, by links that are signed and expire', async () => {
    await send({}, [{ name: 'sö ng.flac', bytes: Buffer.from('0123456789') }]);
    const [attachment] = channel.card()!.attachments;
    const { url } = attachment!;
    expect(attachment!.filename).toBe('sö_ng.flac');
    const whole = await fetch(url);
    expect(whole.headers.get('content-type')).toBe('audio/flac');
    expect(await whole.text()).toBe('0123456789');
    const part = await fetch(url, { headers: { Range: 'bytes=2-4' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await part.text()).toBe('234');
    expect(await (await fetch(url, { headers: { Range: 'bytes=-3' } })).text()).toBe('789');
    expect((await fetch(url, { headers: { Range: 'bytes=10-' } })).status).toBe(416);
    expect((await fetch(url.split('?')[0]!)).status).toBe(404);
    expect((await fetch(url.replace('hm=', 'hm=0'))).status).toBe(404);
    discord.advance(86_400_001);
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(attachment!.url)).status).toBe(200);
  });
});
