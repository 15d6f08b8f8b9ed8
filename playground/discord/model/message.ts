import {
  ComponentType,
  MessageFlags,
  type APIEmbed,
  type APIMessage,
  type MessageType,
} from 'discord-api-types/v10';
import type { Attachment } from './attachment.ts';
import { isSelect, walkComponents, type LooseComponent } from '../messages/component-tree.ts';
import { messageText } from '../messages/message-text.ts';
import type { User } from './user.ts';

export interface MessageOrigin {
  id: string;
  type: MessageType;
  channelId: string;
  guildId?: string | undefined;
  author: User;
  createdAt: number;
  /** The only person who sees it. */
  ephemeralFor?: string | undefined;
  applicationId?: string | undefined;
  nonce?: string | number | undefined;
  /** `interaction_metadata`: what made the app answer. */
  cause?: Record<string, unknown> | undefined;
  replyTo?: EmulatedMessage | undefined;
}

export interface ShownButton {
  label: string;
  customId: string | undefined;
  disabled: boolean;
}

export interface ShownSelect {
  type: ComponentType;
  customId: string;
  placeholder: string | undefined;
  options: Array<{ label: string; value: string; description?: string }>;
  minValues: number;
  maxValues: number;
  /** Of a channel select: the types that it lists; all if there are none. */
  channelTypes: number[];
  disabled: boolean;
}

/** What a message mentions, less what `allowed_mentions` holds back. */
export interface Mentions {
  users: User[];
  roles: string[];
  everyone: boolean;
}

/** A message as it stands now. */
export class EmulatedMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  readonly createdAt: number;
  readonly origin: MessageOrigin;
  content = '';
  embeds: APIEmbed[] = [];
  attachments: Attachment[] = [];
  components: LooseComponent[] = [];
  flags = 0;
  mentions: Mentions = { users: [], roles: [], everyone: false };
  /** Ids of the users that were really notified. Only a new message notifies, an edit doesn't. */
  pinged: string[] = [];
  edits = 0;
  editedAt: number | undefined;
  deleted = false;
  readonly #remove: (message: EmulatedMessage) => void;

  constructor(origin: MessageOrigin, remove: (message: EmulatedMessage) => void) {
    this.id = origin.id;
    this.channelId = origin.channelId;
    this.author = origin.author;
    this.createdAt = origin.createdAt;
    this.origin = origin;
    this.#remove = remove;
  }

  get authorId(): string {
    return this.author.id;
  }

  get ephemeralFor(): string | undefined {
    return this.origin.ephemeralFor;
  }

  /** "… is thinking": deferred and not yet answered. */
  get isLoading(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }

  get buttons(): ShownButton[] {
    return [...walkComponents(this.components)]
      .filter(({ component }) => component.type === ComponentType.Button)
      .map(({ component }) => ({
        label: component.label ?? '',
        customId: component.custom_id,
        disabled: component.disabled ?? false,
      }));
  }

  get selects(): ShownSelect[] {
    return [...walkComponents(this.components)]
      .filter(({ component }) => isSelect(component.type))
      .map(({ component }) => ({
        type: component.type,
        customId: component.custom_id ?? '',
        placeholder: component.placeholder,
        options: component.options ?? [],
        minValues: component.min_values ?? 1,
        maxValues: component.max_values ?? 1,
        channelTypes: component.channel_types ?? [],
        disabled: component.disabled ?? false,
      }));
  }

  isVisibleTo(userId: string | undefined): boolean {
    return !this.deleted && (this.ephemeralFor === undefined || this.ephemeralFor === userId);
  }

  text(): string {
    return messageText(this.content, this.embeds, this.components);
  }

  /** As a moderator, or the person it is shown to, would delete it. */
  delete(): void {
    if (!this.deleted) this.#remove(this);
  }

  wire(): APIMessage {
    const { type, applicationId, nonce, cause, replyTo, guildId } = this.origin;
    const wire = {
      id: this.id,
      type,
      channel_id: this.channelId,
      content: this.content,
      author: this.author.wire(),
      attachments: this.attachments.map((attachment) => attachment.wire()),
      embeds: this.embeds,
      components: this.components,
      flags: this.flags,
      mentions: this.mentions.users.map((user) => user.wire()),
      mention_roles: this.mentions.roles,
      mention_everyone: this.mentions.everyone,
      pinned: false,
      tts: false,
      timestamp: new Date(this.createdAt).toISOString(),
      edited_timestamp: this.editedAt === undefined ? null : new Date(this.editedAt).toISOString(),
      ...(nonce === undefined ? {} : { nonce }),
      ...(applicationId === undefined ? {} : { application_id: applicationId, webhook_id: applicationId }),
      ...(cause === undefined ? {} : { interaction_metadata: cause }),
      ...(replyTo === undefined ? {} : reply(replyTo, guildId)),
    };
    return wire as unknown as APIMessage;
  }
}

function reply(to: EmulatedMessage, guildId: string | undefined): Record<string, unknown> {
  const guild = guildId === undefined ? {} : { guild_id: guildId };
  return {
    message_reference: { type: 0, channel_id: to.channelId, message_id: to.id, ...guild },
    referenced_message: to.deleted ? null : { ...to.wire(), referenced_message: undefined },
  };
}
