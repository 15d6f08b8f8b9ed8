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
import type { Member } from '../../playground/discord/people/member.ts';
import { startClient } from './discord-client.ts';
import { RawApi } from './discord-raw-api.ts';

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
    await expect(alice.picks('Engine', [])).rejects.toThrow('takes 1 to 1 values');
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
    await expect(alice.submits({})).rejects.toThrow('is required');
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
