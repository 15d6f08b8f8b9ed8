import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Bot } from './model/bot.ts';
import { EmulatedChannel } from './model/channel.ts';
import { Member, type Stage } from './people/member.ts';
import { ALL_PERMISSIONS, EVERYONE_MAY } from './model/permissions.ts';
import { Person, type GuildFacts } from './model/person.ts';
import { Role } from './model/role.ts';
import { User } from './model/user.ts';

export interface GuildOptions {
  ownerId?: string;
  /** What boosts give, in bytes per file. */
  uploadLimitBytes?: number;
  locale?: string;
  /** Who is in it from the start; every bot there is, unless told otherwise. */
  bots?: Bot[];
}

export interface MemberOptions {
  admin?: boolean;
  permissions?: bigint;
  roles?: Role[];
  locale?: string;
  nitroLimitBytes?: number;
  /** The same account as in another guild. */
  user?: User;
}

/** A server. */
export class Guild implements GuildFacts {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly everyone: Role;
  readonly bots: Set<Bot>;
  readonly channels: EmulatedChannel[] = [];
  readonly people = new Map<string, Person>();
  readonly roles: Role[];
  uploadLimitBytes: number;
  readonly #stage: Stage;
  readonly #joinedAt: number;
  readonly #register: (channel: EmulatedChannel) => void;

  constructor(
    stage: Stage,
    name: string,
    options: GuildOptions,
    register: (channel: EmulatedChannel) => void,
  ) {
    const { ground } = stage;
    this.#stage = stage;
    this.#register = register;
    this.#joinedAt = ground.clock.now();
    this.id = ground.snowflakes.nextAlone();
    this.name = name;
    this.ownerId = options.ownerId ?? ground.snowflakes.next();
    this.locale = options.locale ?? 'en-US';
    this.uploadLimitBytes = options.uploadLimitBytes ?? 0;
    // @everyone has the guild's own id.
    this.everyone = new Role(this.id, this.id, '@everyone', EVERYONE_MAY);
    this.roles = [this.everyone];
    this.bots = new Set(options.bots ?? ground.bots.values());
    ground.events.tell('guild-created', { guildId: this.id, name });
    for (const bot of this.bots) this.#tell(bot, 'GUILD_CREATE', this.wire(bot));
  }

  channel(name: string, options: { nsfw?: boolean; botMay?: bigint } = {}): EmulatedChannel {
    const channel = new EmulatedChannel(this.#stage.ground, name, { guild: this }, options);
    this.channels.push(channel);
    this.#register(channel);
    for (const bot of this.bots) this.#tell(bot, 'CHANNEL_CREATE', channel.wire());
    return channel;
  }

  role(name: string, permissions = 0n): Role {
    const role = new Role(this.#stage.ground.snowflakes.next(), this.id, name, permissions);
    this.roles.push(role);
    for (const bot of this.bots)
      this.#tell(bot, 'GUILD_ROLE_CREATE', { guild_id: this.id, role: role.wire() });
    return role;
  }

  /** A new person, in the guild's first channel (one is made if there is none). */
  member(name: string, options: MemberOptions = {}): Member {
    const { ground } = this.#stage;
    const user =
      options.user ?? new User(ground.snowflakes.next(), name, { locale: options.locale ?? this.locale });
    if (options.nitroLimitBytes !== undefined) user.nitroLimitBytes = options.nitroLimitBytes;
    ground.users.set(user.id, user);
    const person = new Person(user, this, {
      roles: options.roles ?? [],
      permissions: options.admin === true ? ALL_PERMISSIONS : (options.permissions ?? 0n),
      joinedAt: ground.clock.now(),
    });
    this.people.set(user.id, person);
    ground.events.tell('member-joined', { guildId: this.id, userId: user.id, name });
    return new Member(this.#stage, person, this.channels[0] ?? this.channel('general'));
  }

  addBot(bot: Bot): void {
    this.bots.add(bot);
    this.#tell(bot, 'GUILD_CREATE', this.wire(bot));
  }

  /** Somebody throws the bot (or all of them) out. */
  removeBot(bot?: Bot): void {
    for (const gone of bot === undefined ? this.bots : [bot]) {
      this.bots.delete(gone);
      this.#stage.ground.events.tell('bot-removed', { guildId: this.id, userId: gone.user.id });
      this.#tell(gone, 'GUILD_DELETE', { id: this.id });
    }
  }

  /** GUILD_CREATE; discord.js needs every array to be there. */
  wire(bot: Bot): Record<string, unknown> {
    const own = {
      user: bot.user.wire(),
      roles: [],
      nick: null,
      avatar: null,
      deaf: false,
      mute: false,
      flags: 0,
    };
    const joinedAt = new Date(this.#joinedAt).toISOString();
    return {
      ...this.restWire(),
      joined_at: joinedAt,
      large: false,
      unavailable: false,
      member_count: this.people.size + this.bots.size,
      // Without the members intent a guild comes with the bot alone.
      members: [{ ...own, joined_at: joinedAt, premium_since: null, pending: false }],
      channels: this.channels.filter((channel) => !channel.deleted).map((channel) => channel.wire()),
      threads: [],
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    };
  }

  restWire(): Record<string, unknown> {
    return {
      id: this.id,
      name: this.name,
      owner_id: this.ownerId,
      preferred_locale: this.locale,
      roles: this.roles.map((role) => role.wire()),
      icon: null,
      splash: null,
      discovery_splash: null,
      banner: null,
      description: null,
      vanity_url_code: null,
      region: 'us-central',
      features: [],
      emojis: [],
      stickers: [],
      afk_channel_id: null,
      afk_timeout: 300,
      application_id: null,
      system_channel_id: null,
      system_channel_flags: 0,
      rules_channel_id: null,
      public_updates_channel_id: null,
      safety_alerts_channel_id: null,
      verification_level: 0,
      default_message_notifications: 1,
      explicit_content_filter: 0,
      mfa_level: 0,
      nsfw: false,
      nsfw_level: 0,
      premium_tier: 0,
      premium_subscription_count: 0,
      premium_progress_bar_enabled: false,
      max_members: 500_000,
    };
  }

  #tell(bot: Bot, event: string, data: unknown): void {
    this.#stage.ground.dispatch(bot, event, data, { guildId: this.id, intent: GatewayIntentBits.Guilds });
  }
}
