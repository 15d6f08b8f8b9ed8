import * as spec from 'discord-api-spec/zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { RawApi } from './discord-raw-api.ts';

// The emulator's own answers, judged by Discord's description of them.

let discord: EmulatedDiscord;
let bot: BotAccount;
let guild: Guild;
let channel: EmulatedChannel;
let alice: Member;
let api: RawApi;

beforeAll(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  guild = discord.guild('Home');
  channel = guild.channel('music');
  alice = guild.member('Alice');
  api = new RawApi(discord, bot);
  await api.register(bot);
});

afterAll(() => discord.stop());
beforeEach(() => discord.advance(60_000));

function expectShape(schema: spec.SpecSchema, body: unknown): void {
  const result = schema.safeParse(body);
  expect(result.success ? [] : result.error.issues).toEqual([]);
}

describe('answers', () => {
  it.each([
    ['/users/@me', (): spec.SpecSchema => spec.UserPIIResponseSchema],
    ['/applications/@me', (): spec.SpecSchema => spec.PrivateApplicationResponseSchema],
    ['/oauth2/applications/@me', (): spec.SpecSchema => spec.PrivateApplicationResponseSchema],
    ['/gateway/bot', (): spec.SpecSchema => spec.GatewayBotResponseSchema],
  ])('to %s are as described', async (path, schema) => {
    expectShape(schema(), (await api.call('GET', path)).body);
  });

  it('with channels and commands are as described', async () => {
    expectShape(spec.GuildChannelResponseSchema, (await api.call('GET', `/channels/${channel.id}`)).body);
    const dm = await api.call('POST', '/users/@me/channels', { recipient_id: alice.id });
    expectShape(spec.PrivateChannelResponseSchema, dm.body);
    const commands = await api.call('GET', `/applications/${bot.applicationId}/commands`);
    for (const command of commands.body as unknown as unknown[])
      expectShape(spec.ApplicationCommandResponseSchema, command);
  });

  it('with a message are as described', async () => {
    const asked = alice.says('?', [{ name: 'hum.wav', bytes: Buffer.from('RIFF') }]);
    const body = {
      content: `<@${alice.id}>`,
      embeds: [{ title: 't', fields: [{ name: 'n', value: 'v' }], image: { url: 'attachment://cover.png' } }],
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'B', custom_id: 'b' }] }],
      nonce: 'n',
      message_reference: { message_id: asked.id },
    };
    const files = [{ name: 'cover.png', bytes: Buffer.from('PNG') }];
    const sent = await api.call('POST', `/channels/${channel.id}/messages`, body, files);
    expectShape(spec.MessageResponseSchema, sent.body);
    expect(channel.card()!.embeds[0]!.image!.url).toBe(channel.card()!.attachments[0]!.url);
  });

  it('with a message of the newer kind are as described', async () => {
    const button = { type: 2, style: 1, label: 'B', custom_id: 'b' };
    const parts = [
      { type: 9, components: [{ type: 10, content: 'text' }], accessory: button },
      { type: 12, items: [{ media: { url: 'attachment://cover.png' } }] },
      { type: 13, file: { url: 'attachment://song.mp3' } },
      { type: 14 },
      { type: 1, components: [{ type: 5, custom_id: 'who' }] },
    ];
    const files = ['cover.png', 'song.mp3'].map((name) => ({ name, bytes: Buffer.from('x') }));
    const body = { flags: 32_768, components: [{ type: 17, components: parts }] };
    const sent = await api.call('POST', `/channels/${channel.id}/messages`, body, files);
    expectShape(spec.MessageResponseSchema, sent.body);
    expect(channel.card()).toMatchObject({
      buttons: [{ label: 'B' }],
      selects: [{ customId: 'who', maxValues: 1 }],
    });
    expect(channel.card()!.text()).toBe('text');
    expect(JSON.stringify(channel.card()!.components)).not.toContain('attachment://');
  });

  it('to callbacks are as described', async () => {
    const { interaction } = alice.fires('/song', { prompt: 'x' });
    const path = `/interactions/${interaction.id}/${interaction.token}/callback?with_response=true`;
    const answered = await api.call('POST', path, { type: 4, data: { content: 'x' } });
    expectShape(spec.InteractionCallbackResponseSchema, answered.body);
  });

  it('that refuse are as described', async () => {
    const refused = await api.call('POST', `/channels/${channel.id}/messages`, { embeds: [{ title: 5 }] });
    // The description numbers the codes of nested errors; the documentation's are words.
    const { errors, ...rest } = refused.body;
    expectShape(spec.ErrorResponseSchema, rest);
    expect(errors).toEqual({
      embeds: {
        0: {
          title: {
            _errors: [
              { code: 'BASE_TYPE_REQUIRED', message: expect.stringContaining('expected string') as string },
            ],
          },
        },
      },
    });
    for (let i = 0; i < 4; i += 1)
      await api.call('POST', `/channels/${channel.id}/messages`, { content: 'x' });
    const limited = await api.call('POST', `/channels/${channel.id}/messages`, { content: 'x' });
    expectShape(spec.RatelimitedResponseSchema, limited.body);
  });
});
