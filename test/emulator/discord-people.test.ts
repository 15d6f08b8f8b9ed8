import {
  ApplicationCommandOptionType as Kind,
  ComponentType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Interaction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import { EVERYONE_MAY } from '../../playground/discord/model/permissions.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { startClient } from './discord-client.ts';
import { row } from './discord-forms.ts';
import { RawApi, type Answered } from './discord-raw-api.ts';

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

const ogg = { name: 'hum.ogg', bytes: Buffer.from('OggS') };

function callback({ interaction }: Invocation, body: unknown): Promise<Answered> {
  return api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body);
}

async function answerWith(answer: (interaction: Interaction) => unknown): Promise<void> {
  const client = await startClient(discord, bot, async (interaction) => answer(interaction));
  onTestFinished(() => client.destroy());
}

/** What discord.js makes of the interaction that `act` opens; nobody answers it. */
async function heardBy(act: () => unknown): Promise<Interaction> {
  const heard = Promise.withResolvers<Interaction>();
  const client = await startClient(discord, bot, async (interaction) => heard.resolve(interaction));
  void act();
  const interaction = await heard.promise;
  await client.destroy();
  return interaction;
}

describe("a person's message", () => {
  it('carries files, which a menu hands to the bot with signed links', async () => {
    const post = bob.says('', [ogg, { name: 'notes.txt', bytes: Buffer.from('la') }]);
    const interaction = await heardBy(() => alice.uses('Cover this', post).catch(() => undefined));
    if (!interaction.isMessageContextMenuCommand()) throw new Error('no message menu');
    const file = interaction.targetMessage.attachments.first();
    expect(interaction.targetMessage.author.id).toBe(bob.id);
    expect(file).toMatchObject({ name: 'hum.ogg', contentType: 'audio/ogg', size: 4 });
    expect(await (await fetch(file!.url)).text()).toBe('OggS');
    discord.advance(25 * 3_600_000);
    expect((await fetch(file!.url)).status).toBe(404);
  });

  it('may be a voice message', async () => {
    const post = bob.records(ogg, 2.5);
    expect(post.wire()).toMatchObject({
      flags: 8_192,
      attachments: [{ duration_secs: 2.5, content_type: 'audio/ogg' }],
    });
  });

  it('must be one that the client would send', () => {
    discord.uploadLimitBytes = 3;
    expect(() => bob.says(' ')).toThrow('is empty');
    expect(() => bob.says('x'.repeat(2_001))).toThrow('longer than 2000');
    expect(() => bob.says('', [ogg])).toThrow('a file over 3 bytes: hum.ogg');
    guild.everyone.permissions = EVERYONE_MAY & ~PermissionFlagsBits.AttachFiles;
    bob.nitroLimitBytes = 4;
    expect(() => bob.says('', [ogg])).toThrow('is not allowed to Bob');
    expect(bob.says('words').text()).toBe('words');
  });
});

describe('a menu', () => {
  it('is marked in the answer, with what it was used on', async () => {
    const post = bob.says('listen', [ogg]);
    await answerWith((interaction) => interaction.isContextMenuCommand() && interaction.reply('covered'));
    const answer = (await alice.uses('Cover this', post)).response()!;
    expect(answer.wire()).toMatchObject({
      type: 23,
      interaction_metadata: { type: 2, target_message_id: post.id },
    });
  });

  it('is offered only on what the person can see here', async () => {
    const elsewhere = bob.in(guild.channel('other')).says('far away');
    await expect(alice.uses('Cover this', elsewhere)).rejects.toThrow('is not in #music');
    const whisper = alice.fires('/song', { prompt: 'x' });
    await callback(whisper, { type: 4, data: { content: 'psst', flags: 64 } });
    await expect(alice.uses('Cover this', whisper.response()!)).rejects.toThrow('apps are not offered');
    await expect(bob.uses('Cover this', whisper.response()!)).rejects.toThrow('is not there for Bob');
    const gone = bob.says('gone');
    gone.delete();
    await expect(alice.uses('Cover this', gone)).rejects.toThrow('is not there for Alice');
  });
});

describe('a select', () => {
  it('lists what its type says, each once', async () => {
    const components = [
      row({ type: 5, custom_id: 'who', max_values: 2 }),
      row({ type: 6, custom_id: 'role' }),
      row({ type: 7, custom_id: 'mention' }),
      row({ type: 8, custom_id: 'voice', channel_types: [2] }),
      row({ type: 8, custom_id: 'where', channel_types: [0] }),
    ];
    await api.call('POST', `/channels/${channel.id}/messages`, { content: 'choose', components });
    const choir = guild.role('Choir');
    await expect(alice.picks('who', [choir])).rejects.toThrow('does not list such things');
    await expect(alice.picks('who', [bob, bob])).rejects.toThrow('takes each value once');
    await expect(alice.picks('role', ['made up'])).rejects.toThrow('has no option "made up"');
    await expect(alice.picks('mention', [channel])).rejects.toThrow('does not list such things');
    await expect(alice.picks('voice', [channel])).rejects.toThrow('does not list channels of this type');
    const heard = await heardBy(() => alice.picks('where', [channel]).catch(() => undefined));
    expect(heard).toMatchObject({ componentType: ComponentType.ChannelSelect, values: [channel.id] });
    const forged = await heardBy(() =>
      alice.picks('role', ['1', '2'], undefined, { force: true }).catch(() => undefined),
    );
    expect(forged).toMatchObject({ values: ['1', '2'] });
  });
});

describe('a modal', () => {
  const label = (name: string, component: object): object => ({ type: 18, label: name, component });
  const choices = [
    { label: 'Suno', value: 's' },
    { label: 'Producer', value: 'p', default: true },
  ];

  async function show(...components: object[]): Promise<Answered> {
    const data = { custom_id: 'm', title: 'M', components };
    return callback(alice.fires('/song', { prompt: 'x' }), { type: 9, data });
  }

  it('is answered in the ways of its fields', async () => {
    const shown = await show(
      label('Engine', { type: 3, custom_id: 'engine', options: choices }),
      label('For', { type: 5, custom_id: 'who', required: false }),
      label('Takes', { type: 21, custom_id: 'takes', options: choices }),
      label('Hum', { type: 19, custom_id: 'hum', file_types: ['audio'] }),
      label('Lyrics', { type: 4, custom_id: 'lyrics', style: 2, value: 'old words', max_length: 10 }),
    );
    expect(shown).toMatchObject({ status: 204 });
    const mp3 = { name: 'hum.mp3', bytes: Buffer.from('ID3') };
    const wrong: Array<[Parameters<Member['submits']>[0], string]> = [
      [{}, 'the field "Hum" takes another number of files'],
      [{ Hum: [ogg, mp3] }, 'the field "Hum" takes another number of files'],
      [{ Hum: [{ ...ogg, name: 'hum.txt' }] }, 'the field "Hum" takes only audio, not hum.txt'],
      [{ Hum: [mp3], Engine: [] }, 'takes 1 to 1 values'],
      [{ Hum: [mp3], Engine: ['Udio'] }, 'has no option "Udio"'],
      [{ Hum: [mp3], For: [guild.role('Choir')] }, 'does not list such things'],
      [{ Hum: [mp3], Lyrics: 'far too many words' }, 'longer than 10'],
      [{ Hum: [mp3], Tempo: '120' }, 'has no field Tempo'],
    ];
    for (const [values, why] of wrong) await expect(alice.submits(values)).rejects.toThrow(why);

    const heard = await heardBy(() =>
      alice.submits({ Engine: ['Suno'], Takes: 'Producer', Hum: [mp3] }).catch(() => undefined),
    );
    if (!heard.isModalSubmit()) throw new Error('no modal');
    expect(heard.fields.getStringSelectValues('engine')).toEqual(['s']);
    expect(heard.fields.getSelectedUsers('who')?.size ?? 0).toBe(0);
    expect(heard.fields.getRadioGroup('takes')).toBe('p');
    expect(heard.fields.getUploadedFiles('hum')?.first()).toMatchObject({ contentType: 'audio/mpeg' });
    expect(heard.fields.getTextInputValue('lyrics')).toBe('old words');
  });

  it.each([
    [
      'with words already that are too many',
      { type: 4, custom_id: 'a', style: 1, max_length: 3, value: 'abcd' },
    ],
    [
      'with words already that are too few',
      { type: 4, custom_id: 'a', style: 1, min_length: 3, value: 'ab' },
    ],
    [
      'with more defaults than may be',
      { type: 3, custom_id: 'a', options: choices.map((one) => ({ ...one, default: true })) },
    ],
    ['that is a button', { type: 2, custom_id: 'a', style: 1, label: 'B' }],
  ])('may not have a field %s', async (_what, component) => {
    expect(await show(label('A', component))).toMatchObject({ status: 400, body: { code: 50_035 } });
  });

  it('may not have a select outside a label', async () => {
    expect(await show(row({ type: 3, custom_id: 'a', options: choices }))).toMatchObject({ status: 400 });
  });
});

describe('an option', () => {
  it('takes what its type says', async () => {
    const option = (type: Kind, name: string, more: object = {}): object => ({
      type,
      name,
      description: 'd',
      ...more,
    });
    await api.register(bot, [
      {
        name: 'every',
        description: 'd',
        options: [
          option(Kind.User, 'user'),
          option(Kind.Role, 'role'),
          option(Kind.Mentionable, 'mention'),
          option(Kind.Channel, 'channel', { channel_types: [2] }),
          option(Kind.Attachment, 'file'),
          option(Kind.String, 'plain'),
        ],
      },
    ]);
    const choir = guild.role('Choir');
    expect(() => alice.fires('/every', { user: choir })).toThrow('option "user" can');
    expect(() => alice.fires('/every', { role: bob })).toThrow('option "role" can');
    expect(() => alice.fires('/every', { mention: channel })).toThrow('option "mention" can');
    expect(() => alice.fires('/every', { channel })).toThrow('does not list channels of this type');
    expect(() => alice.fires('/every', { file: bob })).toThrow('option "file" can');
    await expect(alice.types('/every', 'plain', 'x')).rejects.toThrow('has no autocomplete for "plain"');
    alice.fires('/every', { user: bob, role: choir, mention: choir, file: ogg });
  });

  it('of audio is served by a signed link', async () => {
    const heard = await heardBy(() => alice.fires('/song', { prompt: 'x', file: ogg }));
    if (!heard.isChatInputCommand()) throw new Error('no command');
    const file = heard.options.getAttachment('file', true);
    expect(file).toMatchObject({ name: 'hum.ogg', contentType: 'audio/ogg', size: 4, ephemeral: true });
    expect(await (await fetch(file.url)).text()).toBe('OggS');
  });

  it('may be completed with a name that is not its value', async () => {
    await answerWith(
      (interaction) =>
        interaction.isAutocomplete() && interaction.respond([{ name: 'Rain, 2:10, today', value: 't.17' }]),
    );
    expect(await alice.types('/song', 'style', 'ra', { prompt: 'x' })).toEqual([
      { name: 'Rain, 2:10, today', value: 't.17' },
    ]);
  });
});

describe('files of an answer', () => {
  const part = (name: string, size = 3): { name: string; bytes: Buffer } => ({
    name,
    bytes: Buffer.alloc(size, 'x'),
  });

  it('come with it, and stay as an edit says', async () => {
    const invocation = alice.fires('/song', { prompt: 'x' });
    const { id, token } = invocation.interaction;
    const data = { content: 'both', attachments: [{ id: '0', description: 'first' }] };
    await api.call('POST', `/interactions/${id}/${token}/callback`, { type: 4, data }, [
      part('a.mp3'),
      part('b.mp3'),
    ]);
    const card = invocation.response()!;
    expect(card.attachments.map((file) => [file.filename, file.description])).toEqual([
      ['a.mp3', 'first'],
      ['b.mp3', undefined],
    ]);
    const [a, b] = card.attachments;
    const original = `/webhooks/${bot.applicationId}/${token}/messages/@original`;
    await api.call('PATCH', original, { attachments: [{ id: b!.id }, { id: '0' }] }, [part('c.mp3')]);
    expect(card.attachments.map((file) => file.filename)).toEqual(['b.mp3', 'c.mp3']);
    expect((await fetch(a!.url)).status).toBe(404);
    const lost = await api.call('PATCH', original, { attachments: [{ id: a!.id }] });
    expect(lost).toMatchObject({ status: 400, body: { code: 50_035 } });
  });

  it('are 25 MiB at most in one message', async () => {
    const path = `/channels/${channel.id}/messages`;
    const mib = 1_048_576;
    const three = [part('a.mp3', 9 * mib), part('b.mp3', 9 * mib), part('c.mp3', 9 * mib)];
    expect(await api.call('POST', path, {}, three)).toMatchObject({ status: 413, body: { code: 40_005 } });
    expect((await api.call('POST', path, {}, three.slice(1))).status).toBe(200);
    guild.uploadLimitBytes = 50 * mib;
    expect((await api.call('POST', path, {}, three)).status).toBe(200);
  });
});

describe('a voice message by the bot', () => {
  const voice = { ...ogg, contentType: 'audio/ogg' };
  const row1 = { id: '0', duration_secs: 1, waveform: Buffer.alloc(10).toString('base64') };
  const send = (body: object, files = [voice]): Promise<Answered> =>
    api.call('POST', `/channels/${channel.id}/messages`, { flags: 8_192, ...body }, files);

  it.each([
    ['with words', { content: 'x', attachments: [row1] }, [voice], 50_159],
    [
      'with buttons',
      { components: [row({ type: 2, style: 1, label: 'B', custom_id: 'b' })], attachments: [row1] },
      [voice],
      50_159,
    ],
    ['with two files', { attachments: [row1] }, [voice, voice], 50_160],
    ['that is no audio', { attachments: [row1] }, [{ ...voice, contentType: 'application/ogg' }], 50_160],
    ['without its length', { attachments: [{ ...row1, duration_secs: undefined }] }, [voice], 50_161],
    ['without its waveform', {}, [voice], 50_161],
    [
      'with more points than 10 a second',
      { attachments: [{ ...row1, waveform: Buffer.alloc(11).toString('base64') }] },
      [voice],
      50_161,
    ],
  ])('is refused %s', async (_what, body, files, code) => {
    expect(await send(body, files)).toMatchObject({ status: 400, body: { code } });
  });

  it('is never edited, needs a right of its own, and may answer an interaction', async () => {
    const { body } = await send({ attachments: [row1] });
    const edited = await api.call('PATCH', `/channels/${channel.id}/messages/${body.id}`, { content: 'x' });
    expect(edited.body.code).toBe(50_162);
    channel.botMay &= ~PermissionFlagsBits.SendVoiceMessages;
    expect(await send({ attachments: [row1] })).toMatchObject({ status: 403, body: { code: 50_173 } });
    const { id, token } = alice.fires('/song', { prompt: 'x' }).interaction;
    const data = { flags: 8_192, attachments: [row1] };
    const answer = await api.call('POST', `/interactions/${id}/${token}/callback`, { type: 4, data }, [
      voice,
    ]);
    expect(answer.status).toBe(204);
  });
});
