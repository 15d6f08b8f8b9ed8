import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
  type Interaction,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { RawApi, startClient } from './discord-client.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let guild: Guild;
let channel: EmulatedChannel;
let alice: Member;
let bob: Member;
let api: RawApi;
let stopClient: () => Promise<void>;

beforeEach(async () => {
  discord = await createDiscord();
  bot = discord.addBot();
  guild = discord.guild('Home', { locale: 'de' });
  channel = guild.channel('music');
  alice = guild.member('Alice');
  bob = guild.member('Bob');
  api = new RawApi(discord, bot);
  stopClient = async () => undefined;
  await api.register(bot);
});

afterEach(async () => {
  await stopClient();
  await discord.stop();
});

async function answerWith(answer: (interaction: Interaction) => Promise<unknown>): Promise<void> {
  const client = await startClient(discord, bot, answer);
  stopClient = () => client.destroy();
}

function callback({ interaction }: Invocation, body: unknown, query = ''): ReturnType<RawApi['call']> {
  return api.call('POST', `/interactions/${interaction.id}/${interaction.token}/callback${query}`, body);
}

function webhook({ interaction }: Invocation, path = ''): string {
  return `/webhooks/${bot.applicationId}/${interaction.token}${path}`;
}

describe('with discord.js', () => {
  it('carries a deferred answer with a file, and the file can be fetched', async () => {
    await answerWith(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      const song = new AttachmentBuilder(Buffer.from('ID3…'), { name: 'song.mp3', description: 'A song' });
      await interaction.editReply({
        content: `About ${interaction.options.getString('prompt', true)}`,
        files: [song],
      });
    });

    const invocation = await alice.runs('/song', { prompt: 'rain' });
    const card = await invocation.settled();

    expect(card.text()).toBe('About rain');
    expect(card.edits).toBe(0);
    expect(channel.card()).toBe(card);
    const [file] = card.attachments;
    expect(file).toMatchObject({ filename: 'song.mp3', content_type: 'audio/mpeg', description: 'A song' });
    const served = await fetch(file!.url);
    expect(await served.text()).toBe('ID3…');
    expect(discord.violations).toEqual([]);
  });

  it('hands over every kind of option', async () => {
    const seen: unknown[] = [];
    await answerWith(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { options } = interaction;
      if (interaction.commandName === 'song')
        seen.push(options.getAttachment('file')?.name, options.getInteger('takes'));
      else {
        seen.push(
          options.getSubcommandGroup(),
          options.getSubcommand(),
          options.getUser('member')?.globalName,
        );
        seen.push(
          options.getInteger('credits'),
          options.getRole('role')?.name,
          options.getChannel('channel')?.id,
        );
      }
      await interaction.reply('ok');
    });
    const admin = guild.member('Admin', { admin: true });

    await alice.runs('/song', {
      prompt: 'x',
      takes: 2,
      file: { name: 'hum.wav', bytes: Buffer.from('RIFF') },
    });
    await admin.runs('/quota user grant', { member: bob, credits: 5, role: guild.role('Choir'), channel });

    expect(seen).toEqual(['hum.wav', 2, 'user', 'grant', 'Bob', 5, 'Choir', channel.id]);
  });

  it('tells what every interaction carries', async () => {
    const seen = Promise.withResolvers<Interaction<'cached' | 'raw'>>();
    await answerWith(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      seen.resolve(interaction as Interaction<'raw'>);
      await interaction.reply('ok');
    });
    discord.uploadLimitBytes = 1_000;
    guild.uploadLimitBytes = 2_000;
    const carol = guild.member('Carol', { locale: 'fr', nitroLimitBytes: 3_000 });
    await carol.runs('/song', { prompt: 'x' });

    expect(await seen.promise).toMatchObject({
      guildId: guild.id,
      channelId: channel.id,
      locale: 'fr',
      guildLocale: 'de',
      attachmentSizeLimit: 3_000,
      context: 0,
      authorizingIntegrationOwners: { 0: guild.id },
      appPermissions: { bitfield: channel.botMay },
    });
  });

  it('presses buttons and shows the answer to one person only', async () => {
    await answerWith(async (interaction) => {
      const button = new ButtonBuilder()
        .setCustomId('1.again.7')
        .setLabel('Again')
        .setStyle(ButtonStyle.Primary);
      const row = new ActionRowBuilder<ButtonBuilder>().addComponents(button);
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'done', components: [row] });
      if (interaction.isButton())
        await interaction.reply({ content: interaction.customId, flags: MessageFlags.Ephemeral });
    });
    await alice.runs('/song', { prompt: 'x' });
    const pressed = await bob.clicks('Again');

    expect(pressed.text()).toBe('1.again.7');
    expect(channel.card(bob)?.text()).toBe('1.again.7');
    expect(channel.card(alice)?.text()).toBe('done');
    expect(channel.card()?.text()).toBe('done');
    const ephemeral = pressed.response()!;
    const asked = await api.call('GET', `/channels/${channel.id}/messages/${ephemeral.id}`);
    expect(asked).toMatchObject({ status: 404, body: { code: 10_008 } });
    await expect(alice.clicks('Nowhere')).rejects.toThrow(/sees nowhere an enabled button "Nowhere"/);
    expect((await alice.clicksId('forged', channel.card()!)).text()).toBe('forged');
  });

  it('updates a message from its own select', async () => {
    await answerWith(async (interaction) => {
      const engines = new StringSelectMenuBuilder()
        .setCustomId('engine')
        .setPlaceholder('Engine')
        .addOptions({ label: 'Suno', value: 's' }, { label: 'Producer', value: 'p' });
      const people = new UserSelectMenuBuilder().setCustomId('who');
      const components = [
        new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(engines),
        new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(people),
      ];
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'choose', components });
      if (interaction.isStringSelectMenu())
        await interaction.update({ content: `chose ${interaction.values.join()}` });
      if (interaction.isUserSelectMenu()) {
        await interaction.deferUpdate();
        await interaction.editReply({
          content: `for ${interaction.users.first()?.globalName}`,
          components: [],
        });
      }
    });
    await alice.runs('/song', { prompt: 'x' });
    const card = channel.card()!;
    await alice.picks('Engine', ['Producer']);
    expect(card.text()).toBe('chose p');
    await alice.picks('who', [bob]);
    await discord.until('the update', () => card.text() === 'for Bob');
    expect(card.edits).toBe(2);
    await expect(alice.picks('who', [bob])).rejects.toThrow('sees nowhere');
  });

  it('shows a modal and takes what is written into it', async () => {
    await answerWith(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const input = new TextInputBuilder()
          .setCustomId('lyrics')
          .setStyle(TextInputStyle.Paragraph)
          .setMaxLength(20);
        const label = new LabelBuilder().setLabel('Your lyrics').setTextInputComponent(input);
        await interaction.showModal(
          new ModalBuilder().setCustomId('m').setTitle('Lyrics').addLabelComponents(label),
        );
      }
      if (interaction.isModalSubmit())
        await interaction.reply(interaction.fields.getTextInputValue('lyrics'));
    });
    const shown = await alice.runs('/song', { prompt: 'x' });
    expect(shown.modal?.title).toBe('Lyrics');
    await expect(alice.submits({ 'Your lyrics': 'l'.repeat(21) })).rejects.toThrow('longer than 20');
    const submitted = await alice.submits({ 'Your lyrics': 'la la' });
    expect(submitted.text()).toBe('la la');
    await expect(alice.submits({ lyrics: 'again' })).rejects.toThrow('has been shown no modal');
    await expect(bob.submits({ lyrics: 'not mine' })).rejects.toThrow('has been shown no modal');
  });

  it('completes what is typed', async () => {
    await answerWith(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([
        { name: `${name} ${value}!`, value: interaction.options.getString('prompt') ?? '' },
      ]);
    });
    expect(await alice.types('/song', 'style', 'ja', { prompt: 'rain' })).toEqual([
      { name: 'style ja!', value: 'rain' },
    ]);
  });

  it('offers menus on messages and people', async () => {
    await answerWith(async (interaction) => {
      if (interaction.isMessageContextMenuCommand())
        await interaction.reply(`covers ${interaction.targetMessage.attachments.first()?.name}`);
      if (interaction.isUserContextMenuCommand())
        await interaction.reply(`songs of ${interaction.targetUser.globalName}`);
    });
    const message = bob.says('listen', [{ name: 'take.ogg', bytes: Buffer.from('OggS') }]);
    expect((await alice.uses('Cover this', message)).text()).toBe('covers take.ogg');
    expect((await alice.uses('Their songs', bob)).text()).toBe('songs of Bob');
  });

  it('works in direct messages', async () => {
    await answerWith(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply(`${interaction.inGuild()} ${interaction.context}`);
    });
    const dm = discord.dm(alice);
    const invocation = await alice.in(dm).runs('/song', { prompt: 'x' });
    expect(invocation.text()).toBe('false 1');
    expect(dm.card()?.text()).toBe('false 1');
  });
});

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
    discord.advance(3_001);
    await expect(invocation.acknowledged).rejects.toThrow('did not respond');
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

  it('can be a hostile one', async () => {
    const invocation = alice.fires(
      '/quota user grant',
      { member: bob, credits: -1, tempo: 'x' },
      { force: true },
    );
    expect((await callback(invocation, { type: 5 })).status).toBe(204);
  });
});
