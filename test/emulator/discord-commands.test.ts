import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import type { RegisteredCommand } from '../../playground/discord/commands/command-form.ts';
import { RawApi, type Answered } from './discord-raw-api.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let guild: Guild;
let api: RawApi;
let path: string;

beforeEach(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  guild = discord.guild('Home');
  api = new RawApi(discord, bot);
  path = `/applications/${bot.applicationId}/commands`;
});

afterEach(() => discord.stop());

const song = { name: 'song', description: 'Sing' };

async function put(...commands: object[]): Promise<RegisteredCommand[]> {
  discord.advance(20_000);
  const { body } = await api.call('PUT', path, commands);
  return body as unknown as RegisteredCommand[];
}

describe('commands', () => {
  it('come back with what Discord fills in', async () => {
    const option = { type: 3, name: 'prompt', description: 'd', required: false, choices: [] };
    const [command] = await put({ ...song, options: [option] });
    expect(command).toEqual({
      id: expect.stringMatching(/^\d{17,19}$/) as string,
      application_id: bot.applicationId,
      version: command!.version,
      type: 1,
      name: 'song',
      name_localizations: null,
      description: 'Sing',
      description_localizations: null,
      default_member_permissions: null,
      dm_permission: true,
      contexts: null,
      integration_types: [0],
      nsfw: false,
      options: [{ type: 3, name: 'prompt', description: 'd' }],
    });
  });

  it('keep their ids when the list is replaced, and their version when nothing changed', async () => {
    const [before] = await put(song, { name: 'help', description: 'Help' });
    const [same] = await put(song);
    expect(same).toEqual(before);
    const [changed] = await put({ ...song, description: 'Sing!' });
    expect(changed!.id).toBe(before!.id);
    expect(changed!.version).not.toBe(before!.version);
  });

  it('are added, changed and removed one by one', async () => {
    const added = await api.call('POST', path, song);
    expect(added.status).toBe(201);
    const again = await api.call('POST', path, { ...song, description: 'New' });
    expect(again).toMatchObject({ status: 200, body: { id: added.body.id, description: 'New' } });
    const patched = await api.call('PATCH', `${path}/${added.body.id}`, { default_member_permissions: '32' });
    expect(patched.body).toMatchObject({ description: 'New', default_member_permissions: '32' });
    expect((await api.call('DELETE', `${path}/${added.body.id}`)).status).toBe(204);
    expect((await api.call('GET', `${path}/${added.body.id}`)).body.code).toBe(10_063);
  });

  it('of a guild are seen there and nowhere else', async () => {
    const ofGuild = `/applications/${bot.applicationId}/guilds/${guild.id}/commands`;
    const added = await api.call('POST', ofGuild, song);
    expect(added.body).toMatchObject({ guild_id: guild.id });
    expect((await api.call('GET', path)).body).toEqual([]);
    expect((await api.call('GET', ofGuild)).body).toMatchObject([{ name: 'song' }]);
    guild.member('Alice').fires('/song');
    expect(() => discord.guild('Other').member('Bob').fires('/song')).toThrow('there are: none');
    guild.removeBot();
    expect((await api.call('GET', ofGuild)).status).toBe(403);
  });

  it('come without their localizations unless these are asked for', async () => {
    await put({ ...song, name_localizations: { de: 'lied' } });
    const [short] = (await api.call('GET', path)).body as unknown as RegisteredCommand[];
    expect(short).not.toHaveProperty('name_localizations');
    const [full] = (await api.call('GET', `${path}?with_localizations=true`))
      .body as unknown as RegisteredCommand[];
    expect(full).toMatchObject({ name_localizations: { de: 'lied' } });
  });

  it('are 100 at most, and 15 in menus', async () => {
    const slash = (count: number): object[] =>
      Array.from({ length: count }, (_, i) => ({ ...song, name: `c${i}` }));
    const menus = (count: number): object[] =>
      Array.from({ length: count }, (_, i) => ({ name: `m${i}`, type: 3 }));
    expect(await put(...slash(100), ...menus(15))).toHaveLength(115);
    expect(await put(...slash(101))).toMatchObject({ code: 30_032 });
    expect(await put(...menus(16))).toMatchObject({ code: 30_032 });
  });

  it('are created 200 times a day at most', async () => {
    const batch = (day: string): object[] =>
      Array.from({ length: 100 }, (_, i) => ({ ...song, name: `${day}${i}` }));
    expect(await put(...batch('a'))).toHaveLength(100);
    expect(await put(...batch('b'))).toHaveLength(100);
    expect(await put(...batch('b'))).toHaveLength(100);
    expect(await put(song)).toMatchObject({ code: 30_034 });
    discord.advance(86_400_000);
    expect(await put(song)).toHaveLength(1);
  });

  it('are registered for the own application only', async () => {
    const other = discord.addBot();
    const answered: Answered = await api.call('PUT', `/applications/${other.applicationId}/commands`, [song]);
    expect(answered.status).toBe(403);
  });
});
