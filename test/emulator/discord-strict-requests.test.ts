import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { startClient } from './discord-client.ts';
import { COMMANDS, RawApi, type Answered } from './discord-raw-api.ts';
import { many, placesOf, row, text, V2 } from './discord-forms.ts';

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

function expectRefusal(answered: Answered, place: string): void {
  expect(answered).toMatchObject({ status: 400, body: { code: 50_035, message: 'Invalid Form Body' } });
  expect(placesOf(answered)).toContain(place);
  expect(discord.violations).toHaveLength(violationsBefore + 1);
}

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
  const field = (id: string): object => ({ type: 4, custom_id: id, style: 1, label: 'L' });
  const input = (id: string): object => row(field(id));

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
    ['a row of two fields', modal([row(field('a'), field('b'))]), 'data.components.0'],
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
  const group = (more: object): object => ({ type: 2, name: 'g', description: 'd', ...more });

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
    ['a menu with options', { type: 3, description: '', options: [option({})] }, 'options'],
    ['a group in a group', { options: [group({ options: [group({})] })] }, 'options.0.options.0.type'],
    [
      'a choice twice',
      { options: [option({ choices: many(2, (i) => ({ name: 'n', value: `v${i}` })) })] },
      'options.0.choices',
    ],
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
