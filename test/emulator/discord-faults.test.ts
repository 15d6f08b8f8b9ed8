import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { FaultAct } from '../../playground/faults.ts';
import { startClient } from './discord-client.ts';
import { RawApi, type Answered } from './discord-raw-api.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let channel: EmulatedChannel;
let api: RawApi;

beforeEach(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  channel = discord.guild('Home').channel('music');
  api = new RawApi(discord, bot);
});

afterEach(() => discord.stop());

const send = (): Promise<Answered> => api.call('POST', `/channels/${channel.id}/messages`, { content: 'x' });

describe('faults', () => {
  it('answer instead of Discord, as often as they are told to', async () => {
    discord.faults.add(
      'POST /channels/*/messages',
      { kind: 'answer', status: 503, headers: { 'x-fault': '1' } },
      2,
    );
    expect(await send()).toMatchObject({ status: 503 });
    expect((await send()).headers.get('x-fault')).toBe('1');
    expect((await send()).status).toBe(200);
    expect(channel.messages()).toHaveLength(1);
    expect(discord.journal.all().map(({ status, fault }) => [status, fault])).toEqual([
      [503, 'answer'],
      [503, 'answer'],
      [200, undefined],
    ]);
  });

  it('are found by the full path as well', async () => {
    discord.faults.add('POST /api/v10/channels/*/messages', {
      kind: 'answer',
      status: 500,
      body: { message: 'no' },
    });
    expect(await send()).toMatchObject({ status: 500, body: { message: 'no' } });
  });

  it.each<[FaultAct['kind'], number]>([
    ['drop', 0],
    ['drop-after', 1],
    ['truncate', 1],
  ])('of kind %s lose the answer and leave %i messages', async (kind, messages) => {
    discord.faults.add('POST /channels/*/messages', { kind } as FaultAct);
    await expect(send()).rejects.toThrow(/fetch failed|terminated/);
    expect(channel.messages()).toHaveLength(messages);
    expect((await send()).status).toBe(200);
  });

  it('delay, and hang', async () => {
    discord.faults.add('POST /channels/*/messages', { kind: 'delay', ms: 30 });
    await send();
    expect(discord.journal.last()[0]!.tookMs).toBeGreaterThan(25);
    discord.faults.add('POST /channels/*/messages', { kind: 'hang' });
    const signal = AbortSignal.timeout(50);
    const request = fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      signal,
    });
    await expect(request).rejects.toThrow('timeout');
    expect(channel.messages()).toHaveLength(1);
  });

  it('reach the CDN', async () => {
    const file = { name: 'a.mp3', bytes: Buffer.from('0123456789') };
    await api.call('POST', `/channels/${channel.id}/messages`, {}, [file]);
    const [attachment] = channel.card()!.attachments;
    discord.faults.add('GET /attachments/*/*/*', { kind: 'truncate' });
    discord.faults.add('GET /attachments/*/*/*', { kind: 'answer', status: 404, body: 'gone' });
    const broken = await fetch(attachment!.url);
    await expect(broken.text()).rejects.toThrow('terminated');
    expect((await fetch(attachment!.url)).status).toBe(404);
    expect((await fetch(attachment!.url)).status).toBe(200);
  });

  it('reach @original however it is written', async () => {
    const alice = discord.guilds[0]!.member('Alice');
    await api.register(bot);
    discord.faults.add('PATCH /webhooks/*/*/messages/@original', { kind: 'answer', status: 500 });
    const client = await startClient(discord, bot, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.editReply('after all');
    });
    expect((await (await alice.runs('/song', { prompt: 'x' })).settled()).text()).toBe('after all');
    expect(discord.journal.count(({ fault }) => fault === 'answer')).toBe(1);
    await client.destroy();
  });
});

describe('the journal', () => {
  it('tells what was asked and why it was refused', async () => {
    await api.call('POST', `/channels/${channel.id}/messages`, { content: 'x'.repeat(2_001) }, [
      { name: 'a.mp3', bytes: Buffer.from('x') },
    ]);
    const [row] = discord.journal.last();
    expect(row).toMatchObject({
      method: 'POST',
      path: `/channels/${channel.id}/messages`,
      route: '/channels/:channel_id/messages',
      status: 400,
      files: [{ name: 'a.mp3', size: 1 }],
    });
    expect(discord.journal.asText()).toContain('content: Must be 2000 or fewer in length.');
    await expect(discord.until('nothing', () => false, 20)).rejects.toThrow(/2000 or fewer/);
  });
});

describe('the stream of events', () => {
  it('tells everything visible, in order', async () => {
    const told: string[] = [];
    discord.events.on('event', ({ type }) => void told.push(type));
    await api.register(bot);
    const alice = discord.guilds[0]!.member('Alice');
    const { interaction } = alice.fires('/song', { prompt: 'x' });
    await api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, { type: 5 });
    await api.call('PATCH', `/webhooks/${bot.applicationId}/${interaction.token}/messages/@original`, {
      content: 'x',
    });
    await api.call('POST', `/channels/${channel.id}/typing`);
    channel.card()!.delete();
    expect(told).toEqual([
      'member-joined',
      'interaction-created',
      'message-created',
      'interaction-acknowledged',
      'message-updated',
      'typing',
      'message-deleted',
    ]);
  });
});
