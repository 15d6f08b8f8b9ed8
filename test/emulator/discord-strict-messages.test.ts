import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import { RawApi, type Answered } from './discord-raw-api.ts';
import { button, display, many, options, placesOf, row, select, text, V2 } from './discord-forms.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let channel: EmulatedChannel;
let api: RawApi;
let violationsBefore: number;

beforeAll(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  channel = discord.guild('Home').channel('music');
  api = new RawApi(discord, bot);
});

afterAll(() => discord.stop());

beforeEach(() => {
  // Past every rate limit.
  discord.advance(60_000);
  violationsBefore = discord.violations.length;
});

function expectRefusal(answered: Answered, place: string): void {
  expect(answered).toMatchObject({ status: 400, body: { code: 50_035, message: 'Invalid Form Body' } });
  expect(placesOf(answered)).toContain(place);
  expect(discord.violations).toHaveLength(violationsBefore + 1);
}

const song = { name: 'song.mp3', bytes: Buffer.from('ID3') };

describe('a message', () => {
  it.each([
    ['2000 characters', { content: text(2_000) }],
    [
      'an embed as full as may be',
      { embeds: [{ title: text(256), description: text(4_096), footer: { text: text(1_648) } }] },
    ],
    ['25 fields', { embeds: [{ fields: many(25, (i) => ({ name: `n${i}`, value: 'v' })) }] }],
    ['ten embeds', { embeds: many(10, () => ({ title: 't' })) }],
    [
      '5 rows of 5 buttons',
      { content: 'x', components: many(5, (r) => row(...many(5, (b) => button(`${r}.${b}`)))) },
    ],
    ['a select of 25', { content: 'x', components: [row(select({ options: options(25) }))] }],
    [
      'a link button',
      { content: 'x', components: [row({ type: 2, style: 5, label: 'L', url: 'https://example.com' })] },
    ],
    ['40 components', { flags: V2, components: many(40, () => display('t')) }],
    ['a nonce of 25', { content: 'x', nonce: text(25) }],
    ['only components', { components: [row(button('only'))] }],
  ])('may be %s', async (_what, body) => {
    const answered = await api.call('POST', `/channels/${channel.id}/messages`, body);
    expect(answered.body).not.toHaveProperty('errors');
    expect(answered.status).toBe(200);
    expect(discord.violations).toHaveLength(violationsBefore);
  });

  it.each([
    ['content of 2001', { content: text(2_001) }, 'content'],
    ['a title of 257', { embeds: [{ title: text(257) }] }, 'embeds.0.title'],
    ['a description of 4097', { embeds: [{ description: text(4_097) }] }, 'embeds.0.description'],
    [
      'a field name of 257',
      { embeds: [{ fields: [{ name: text(257), value: 'v' }] }] },
      'embeds.0.fields.0.name',
    ],
    [
      'a field value of 1025',
      { embeds: [{ fields: [{ name: 'n', value: text(1_025) }] }] },
      'embeds.0.fields.0.value',
    ],
    ['an empty field value', { embeds: [{ fields: [{ name: 'n', value: '' }] }] }, 'embeds.0.fields.0.value'],
    ['26 fields', { embeds: [{ fields: many(26, () => ({ name: 'n', value: 'v' })) }] }, 'embeds.0.fields'],
    ['a footer of 2049', { embeds: [{ footer: { text: text(2_049) } }] }, 'embeds.0.footer.text'],
    ['eleven embeds', { embeds: many(11, () => ({ title: 't' })) }, 'embeds'],
    ['6001 embed characters', { embeds: many(2, () => ({ description: text(3_001) })) }, 'embeds'],
    ['an embed link to a file', { embeds: [{ title: 't', url: 'file:///etc/passwd' }] }, 'embeds.0.url'],
    ['6 rows', { components: many(6, (i) => row(button(`${i}`))) }, 'components'],
    [
      '6 buttons in a row',
      { components: [row(...many(6, (i) => button(`${i}`)))] },
      'components.0.components',
    ],
    ['a button beside a select', { components: [row(select(), button('b'))] }, 'components.0.components'],
    [
      'a custom id twice',
      { components: [row(button('same')), row(button('same'))] },
      'components.1.components.0.custom_id',
    ],
    ['a custom id of 101', { components: [row(button(text(101)))] }, 'components.0.components.0.custom_id'],
    [
      'a button without id',
      { components: [row({ type: 2, style: 1, label: 'B' })] },
      'components.0.components.0.custom_id',
    ],
    [
      'a button without label',
      { components: [row(button('b', { label: '' }))] },
      'components.0.components.0.label',
    ],
    [
      'a label of 81',
      { components: [row(button('b', { label: text(81) }))] },
      'components.0.components.0.label',
    ],
    [
      'a link without url',
      { components: [row({ type: 2, style: 5, label: 'L' })] },
      'components.0.components.0.url',
    ],
    [
      'a link to javascript',
      { components: [row({ type: 2, style: 5, label: 'L', url: 'javascript:1' })] },
      'components.0.components.0.url',
    ],
    [
      '26 select options',
      { components: [row(select({ options: options(26) }))] },
      'components.0.components.0.options',
    ],
    [
      'a select value twice',
      { components: [row(select({ options: [...options(1), ...options(1)] }))] },
      'options',
    ],
    ['a select that wants more than it has', { components: [row(select({ max_values: 3 }))] }, 'max_values'],
    [
      'a component of no type',
      { components: [row({ type: 99, custom_id: 'x' })] },
      'components.0.components.0.type',
    ],
    ['an unknown flag', { content: 'x', flags: 64 }, 'flags'],
    ['content beside V2', { content: 'x', flags: V2, components: [display()] }, 'content'],
    ['embeds beside V2', { embeds: [{ title: 't' }], flags: V2, components: [display()] }, 'embeds'],
    ['V2 components without the flag', { components: [display()] }, 'components.0.type'],
    [
      '41 nested components',
      { flags: V2, components: many(4, () => ({ type: 17, components: many(10, () => display('t')) })) },
      'components',
    ],
    [
      'a V2 file that is not there',
      { flags: V2, components: [{ type: 13, file: { url: 'attachment://no.mp3' } }] },
      'components.0',
    ],
    ['a nonce of 26', { content: 'x', nonce: text(26) }, 'nonce'],
    [
      'mentions said twice',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions',
    ],
    ['a file row without a file', { content: 'x', attachments: [{ id: '0' }] }, 'attachments.0.id'],
    ['content that is a number', { content: 5 }, 'content'],
    ['an author without a name', { embeds: [{ title: 't', author: { name: ' ' } }] }, 'embeds.0.author.name'],
    [
      '4001 characters of V2',
      { flags: V2, components: [display(text(2_001)), display(text(2_000))] },
      'components',
    ],
    [
      'a button with id and url',
      { components: [row(button('b', { url: 'https://example.com' }))] },
      'components.0.components.0',
    ],
    ['a select whose minimum is its maximum', { components: [row(select({ min_values: 2 }))] }, 'min_values'],
  ])('may not be %s', async (_what, body, place) => {
    expectRefusal(await api.call('POST', `/channels/${channel.id}/messages`, body), place);
  });

  it.each([
    ['nothing', {}],
    ['blank', { content: '  ' }],
    ['an embed of a colour', { embeds: [{ color: 1 }] }],
  ])('may not be %s', async (_what, body) => {
    const answered = await api.call('POST', `/channels/${channel.id}/messages`, body);
    expect(answered).toMatchObject({ status: 400, body: { code: 50_006 } });
    expect(discord.violations).toHaveLength(violationsBefore + 1);
  });

  it('numbers its files as the documentation does, or as discord.js does', async () => {
    for (const id of [0, '0']) {
      const body = { attachments: [{ id, filename: 'named.mp3', description: 'Alt' }] };
      const answered = await api.call('POST', `/channels/${channel.id}/messages`, body, [song]);
      expect(answered.body).toMatchObject({
        attachments: [{ filename: 'named.mp3', description: 'Alt', size: 3 }],
      });
    }
  });

  it('may have ten files and no more', async () => {
    const files = (count: number): Array<typeof song> => many(count, () => song);
    expect((await api.call('POST', `/channels/${channel.id}/messages`, {}, files(10))).status).toBe(200);
    expectRefusal(await api.call('POST', `/channels/${channel.id}/messages`, {}, files(11)), 'attachments');
  });

  it('may be a voice message, alone and with its shape', async () => {
    const voice = { name: 'v.ogg', bytes: Buffer.from('OggS'), contentType: 'audio/ogg' };
    const attachments = [{ id: '0', duration_secs: 1.5, waveform: 'AAAA' }];
    const send = (body: object): Promise<Answered> =>
      api.call('POST', `/channels/${channel.id}/messages`, { flags: 8_192, ...body }, [voice]);
    expect(await send({ attachments })).toMatchObject({
      status: 200,
      body: { attachments: [{ duration_secs: 1.5 }] },
    });
    expect((await send({ attachments, content: 'with text' })).status).toBe(400);
    expect((await send({})).status).toBe(400);
  });

  it('is told which keys nobody knows', async () => {
    await api.call('POST', `/channels/${channel.id}/messages`, { content: 'x', sparkle: true });
    expect(discord.notes).toContain('POST /channels/:channel_id/messages: sparkle');
    expect(discord.violations).toHaveLength(violationsBefore);
  });
});
