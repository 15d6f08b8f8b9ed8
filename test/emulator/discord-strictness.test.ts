import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { COMMANDS, RawApi, startClient, type Answered } from './discord-client.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let channel: EmulatedChannel;
let alice: Member;
let api: RawApi;
let violationsBefore: number;

beforeAll(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  const guild = discord.guild('Home');
  channel = guild.channel('music');
  alice = guild.member('Alice');
  api = new RawApi(discord, bot);
  await api.register(bot);
});

afterAll(() => discord.stop());

beforeEach(() => {
  // Past every rate limit.
  discord.advance(60_000);
  violationsBefore = discord.violations.length;
});

const text = (length: number): string => 'x'.repeat(length);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const button = (id: string, more: object = {}): object => ({
  type: 2,
  style: 1,
  label: 'B',
  custom_id: id,
  ...more,
});
const row = (...components: object[]): object => ({ type: 1, components });
const options = (count: number): object[] => many(count, (i) => ({ label: `o${i}`, value: `v${i}` }));
const select = (more: object = {}): object => ({ type: 3, custom_id: 's', options: options(2), ...more });
const V2 = 32_768;
const display = (content = 'text'): object => ({ type: 10, content });
const song = { name: 'song.mp3', bytes: Buffer.from('ID3') };

function expectRefusal(answered: Answered, place: string): void {
  expect(answered).toMatchObject({ status: 400, body: { code: 50_035, message: 'Invalid Form Body' } });
  expect(flatten(answered.body.errors).join(' ')).toContain(place);
  expect(discord.violations).toHaveLength(violationsBefore + 1);
}

/** `embeds.0.title` for every place that has errors. */
function flatten(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('_errors' in node) return [path];
  return Object.entries(node).flatMap(([key, child]) => flatten(child, path === '' ? key : `${path}.${key}`));
}

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

describe('an interaction callback', () => {
  const answer = async (
    body: unknown,
    fire = () => alice.fires('/song', { prompt: 'x' }),
  ): Promise<Answered> => {
    const { interaction } = fire();
    return api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body);
  };
  const modal = (components: object[], more: object = {}): object => ({
    type: 9,
    data: { custom_id: 'm', title: 'M', components, ...more },
  });
  const input = (id: string): object => row({ type: 4, custom_id: id, style: 1, label: 'L' });

  it.each([
    ['no type', { data: {} }, 'type'],
    ['an unknown type', { type: 99 }, 'type'],
    ['an update of no message', { type: 7, data: { content: 'x' } }, 'type'],
    ['a deferred update of no message', { type: 6 }, 'type'],
    ['completions', { type: 8, data: { choices: [] } }, 'type'],
    ['a deferral with text', { type: 5, data: { content: 'wait' } }, 'data.content'],
    ['a deferral with more than EPHEMERAL', { type: 5, data: { flags: V2 } }, 'data.flags'],
    [
      'an embed that is too long',
      { type: 4, data: { embeds: [{ title: text(257) }] } },
      'data.embeds.0.title',
    ],
    ['a modal of six', modal(many(6, (i) => input(`${i}`))), 'data.components'],
    ['a modal of none', modal([]), 'data.components'],
    ['a title of 46', modal([input('a')], { title: text(46) }), 'data.title'],
    ['a field id twice', modal([input('a'), input('a')]), 'data.components.1.components.0.custom_id'],
    [
      'a label of 46',
      modal([{ type: 18, label: text(46), component: { type: 4, custom_id: 'a', style: 1 } }]),
      'data.components.0.label',
    ],
  ])('to a command may not be %s', async (_what, body, place) => {
    expectRefusal(await answer(body), place);
  });

  /** Sends `wrong` to whatever comes next, then `right`, and hands back what became of `wrong`. */
  async function tryOn(wrong: object, right: object, act: () => Promise<unknown>): Promise<Answered> {
    const refused = Promise.withResolvers<Answered>();
    const client = await startClient(discord, bot, async ({ id, token }) => {
      refused.resolve(await api.call('POST', `/interactions/${id}/${token}/callback`, wrong));
      await api.call('POST', `/interactions/${id}/${token}/callback`, right);
    });
    await act();
    await client.destroy();
    return refused.promise;
  }

  it('may not be 26 completions, but 25', async () => {
    const choices = (count: number): object => ({
      type: 8,
      data: { choices: many(count, (i) => ({ name: `n${i}`, value: `v${i}` })) },
    });
    const refused = await tryOn(choices(26), choices(25), async () => {
      expect(await alice.types('/song', 'style', 'x')).toHaveLength(25);
    });
    expectRefusal(refused, 'data.choices');
  });

  it('to typing may only be completions', async () => {
    const none = { type: 8, data: { choices: [] } };
    expectRefusal(await tryOn({ type: 5 }, none, () => alice.types('/song', 'style', 'x')), 'type');
  });

  it('may not be a modal for a modal', async () => {
    expect((await answer(modal([input('a')]))).status).toBe(204);
    expectRefusal(await tryOn(modal([input('a')]), { type: 5 }, () => alice.submits({ a: 'x' })), 'type');
  });

  it('may not leave out the body', async () => {
    expectRefusal(await answer(undefined), 'type');
  });
});

describe('a command', () => {
  const [songCommand] = COMMANDS;
  const option = (more: object): object => ({ type: 3, name: 'o', description: 'd', ...more });

  it.each([
    ['an upper-case name', { name: 'Song' }, 'name'],
    ['a name with a space', { name: 'a song' }, 'name'],
    ['a name of 33', { name: text(33) }, 'name'],
    ['no description', { name: 'x', description: '' }, 'description'],
    ['a description of 101', { description: text(101) }, 'description'],
    ['an unknown locale', { name_localizations: { xx: 'name' } }, 'name_localizations.xx'],
    ['a localized name in upper case', { name_localizations: { de: 'Lied' } }, 'name_localizations.de'],
    [
      'required after optional',
      { options: [option({}), option({ name: 'p', required: true })] },
      'options.1.required',
    ],
    ['an option twice', { options: [option({}), option({})] }, 'options.1.name'],
    [
      'choices and autocomplete',
      { options: [option({ autocomplete: true, choices: [{ name: 'n', value: 'v' }] })] },
      'options.0.choices',
    ],
    [
      '26 choices',
      { options: [option({ choices: many(26, (i) => ({ name: `n${i}`, value: 'v' })) })] },
      'options.0.choices',
    ],
    ['26 options', { options: many(26, (i) => option({ name: `o${i}` })) }, 'options'],
    [
      'a subcommand beside an option',
      { options: [option({}), { type: 1, name: 's', description: 'd' }] },
      'options.1.type',
    ],
    [
      'over 8000 characters',
      {
        options: many(25, (i) =>
          option({ name: `o${i}`, choices: many(4, (c) => ({ name: `${c}`, value: text(80) })) }),
        ),
      },
      '',
    ],
    ['permissions that are none', { default_member_permissions: 'admin' }, 'default_member_permissions'],
    ['a menu with a description', { type: 3 }, 'description'],
  ])('may not have %s', async (_what, more, place) => {
    const path = `/applications/${bot.applicationId}/commands`;
    expectRefusal(await api.call('POST', path, { name: 'fine', description: 'd', ...more }), place);
  });

  it('may not share its name', async () => {
    expectRefusal(await api.register(bot, [songCommand, songCommand]), '1.name');
  });
});

describe('a request', () => {
  it('needs a route', async () => {
    const answered = await api.call('GET', '/nowhere');
    expect(answered).toMatchObject({ status: 404, body: { message: '404: Not Found', code: 0 } });
    expect(discord.violations.at(-1)).toMatchObject({ path: '/nowhere', status: 404 });
  });

  it('needs a bot token', async () => {
    const nobody = new RawApi(discord);
    expect(await nobody.call('GET', '/users/@me')).toMatchObject({
      status: 401,
      body: { message: '401: Unauthorized' },
    });
    expect((await nobody.call('POST', `/channels/${channel.id}/messages`, { content: 'x' })).status).toBe(
      401,
    );
  });

  it('needs a user agent', async () => {
    const response = await fetch(`${discord.apiUrl}/v10/users/@me`, {
      headers: { Authorization: `Bot ${bot.token}`, 'User-Agent': 'node' },
    });
    expect(response.status).toBe(403);
  });

  it('needs JSON that is JSON', async () => {
    const response = await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: {
        Authorization: `Bot ${bot.token}`,
        'User-Agent': 'DiscordBot (https://minstrel.example, 1.0)',
        'Content-Type': 'application/json',
      },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50_109 });
  });
});
