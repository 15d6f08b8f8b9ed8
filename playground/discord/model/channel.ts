import { ChannelType, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import type { Bot } from './bot.ts';
import type { Ground } from './ground.ts';
import { EmulatedMessage, type MessageOrigin } from './message.ts';
import type { GuildFacts, Person } from './person.ts';
import { BOT_MAY } from './permissions.ts';
import type { User } from './user.ts';

export type ChannelPlace = { guild: GuildFacts } | { bot: Bot; person: Person };

/** Who looks: anything that has a user id. */
interface Viewer {
  readonly id: string;
}

/** A text channel of a guild, or the direct messages of one bot and one person. */
export class EmulatedChannel {
  readonly id: string;
  readonly name: string;
  readonly place: ChannelPlace;
  readonly nsfw: boolean;
  /** What bots may do here; change it at any time. */
  botMay: bigint;
  deleted = false;
  readonly #ground: Ground;
  #messages: EmulatedMessage[] = [];

  constructor(
    ground: Ground,
    name: string,
    place: ChannelPlace,
    options: { nsfw?: boolean; botMay?: bigint } = {},
  ) {
    this.#ground = ground;
    this.id = ground.snowflakes.next();
    this.name = name;
    this.place = place;
    this.nsfw = options.nsfw ?? false;
    this.botMay = options.botMay ?? BOT_MAY;
    ground.events.tell('channel-created', { channelId: this.id, guildId: this.guildId, name });
  }

  get type(): ChannelType {
    return 'guild' in this.place ? ChannelType.GuildText : ChannelType.DM;
  }

  get guild(): GuildFacts | undefined {
    return 'guild' in this.place ? this.place.guild : undefined;
  }

  get guildId(): string | undefined {
    return this.guild?.id;
  }

  /** Oldest first. Without a viewer: what everybody sees, so no ephemeral ones. */
  messages(seenBy?: Viewer): EmulatedMessage[] {
    return this.#messages.filter((message) => message.isVisibleTo(seenBy?.id));
  }

  /** Messages by bots. */
  cards(seenBy?: Viewer): EmulatedMessage[] {
    return this.messages(seenBy).filter((message) => message.author.isBot);
  }

  /** The newest message by a bot. */
  card(seenBy?: Viewer): EmulatedMessage | undefined {
    return this.cards(seenBy).at(-1);
  }

  /** The channel as a person would read it, for failed tests and terminals. */
  asText(seenBy?: Viewer): string {
    return this.messages(seenBy)
      .map((message) => {
        const files = message.attachments.map((file) => `<${file.filename}, ${file.size} B>`);
        const buttons = message.buttons.map(
          (button) => `[${button.label}${button.disabled ? ' (off)' : ''}]`,
        );
        const text = message.isLoading ? '… is thinking' : message.text();
        return [`${message.author.name}: ${text}`, ...files, buttons.join(' ')].filter(Boolean).join('\n  ');
      })
      .join('\n');
  }

  find(id: string): EmulatedMessage | undefined {
    return this.#messages.find((message) => message.id === id && !message.deleted);
  }

  /** Puts a message here. `compose` fills it in before anybody hears of it. */
  post(
    author: User,
    about: Pick<MessageOrigin, 'ephemeralFor' | 'applicationId' | 'nonce' | 'cause' | 'replyTo'>,
    compose: (message: EmulatedMessage) => void,
  ): EmulatedMessage {
    const origin: MessageOrigin = {
      ...about,
      id: this.#ground.snowflakes.next(),
      type: messageType(about),
      channelId: this.id,
      guildId: this.guildId,
      author,
      createdAt: this.#ground.clock.now(),
    };
    const message = new EmulatedMessage(origin, (gone) => this.#remove(gone));
    compose(message);
    message.pinged = message.mentions.users.map((user) => user.id);
    this.#messages.push(message);
    this.#ground.events.tell('message-created', { message });
    this.#tellBots('MESSAGE_CREATE', message, { ...message.wire(), ...this.#where() });
    return message;
  }

  /** Changes a message in place; `counts` is false for what nobody would call an edit (a deferred answer arriving). */
  edit(message: EmulatedMessage, change: () => void, counts: boolean): void {
    change();
    if (counts) {
      message.edits += 1;
      message.editedAt = this.#ground.clock.now();
    }
    this.#ground.events.tell('message-updated', { message });
    this.#tellBots('MESSAGE_UPDATE', message, { ...message.wire(), ...this.#where() });
  }

  delete(): void {
    this.deleted = true;
    this.#ground.events.tell('channel-deleted', { channelId: this.id });
    const about = { guildId: this.guildId, intent: GatewayIntentBits.Guilds };
    for (const bot of this.bots()) this.#ground.dispatch(bot, 'CHANNEL_DELETE', this.wire(), about);
  }

  bots(): Bot[] {
    return 'guild' in this.place ? [...this.place.guild.bots] : [this.place.bot];
  }

  wire(): Record<string, unknown> {
    const common = { id: this.id, flags: 0, last_message_id: this.#messages.at(-1)?.id ?? null };
    if (!('guild' in this.place))
      return { ...common, type: this.type, recipients: [this.place.person.user.wire()] };
    return {
      ...common,
      type: this.type,
      guild_id: this.place.guild.id,
      name: this.name,
      nsfw: this.nsfw,
      position: 0,
      parent_id: null,
      topic: null,
      rate_limit_per_user: 0,
      permission_overwrites: [],
    };
  }

  #where(): Record<string, unknown> {
    return this.guildId === undefined ? {} : { guild_id: this.guildId };
  }

  #remove(message: EmulatedMessage): void {
    message.deleted = true;
    this.#messages = this.#messages.filter((other) => other !== message);
    for (const attachment of message.attachments) this.#ground.cdn.remove(attachment);
    this.#ground.events.tell('message-deleted', { message });
    this.#tellBots('MESSAGE_DELETE', message, { id: message.id, channel_id: this.id, ...this.#where() });
  }

  #tellBots(event: string, message: EmulatedMessage, data: object): void {
    if (message.ephemeralFor !== undefined) return;
    const { guildId } = this;
    const intent = guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
    for (const bot of this.bots()) this.#ground.dispatch(bot, event, data, { guildId, intent });
  }
}

function messageType(about: Pick<MessageOrigin, 'cause' | 'replyTo'>): MessageType {
  const { cause } = about;
  const isMenu = cause !== undefined && ('target_user' in cause || 'target_message_id' in cause);
  if (cause?.['type'] === 2) return isMenu ? MessageType.ContextMenuCommand : MessageType.ChatInputCommand;
  return about.replyTo === undefined ? MessageType.Default : MessageType.Reply;
}
