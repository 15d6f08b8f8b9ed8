import { randomBytes } from 'node:crypto';
import type { Bot } from './model/bot.ts';
import { Cdn } from './model/cdn.ts';
import { EmulatedChannel } from './model/channel.ts';
import { Clock } from './model/clock.ts';
import { CommandRegistry } from './commands/command-registry.ts';
import type { Directory } from './model/directory.ts';
import { Events } from './model/events.ts';
import type { Dispatch } from './model/ground.ts';
import { Guild, type GuildOptions } from './guild.ts';
import type { Interaction } from './interactions/interaction.ts';
import { Interactions, type InteractionTimes } from './interactions/interactions.ts';
import type { Member } from './people/member.ts';
import type { Person } from './model/person.ts';
import { Snowflakes } from './model/snowflakes.ts';
import { User } from './model/user.ts';

export interface WorldOptions extends InteractionTimes {
  now: () => number;
  uploadLimitBytes: number;
  story: () => string;
}

/** Everything that Discord knows: accounts, servers, channels, interactions. */
export class World implements Directory {
  readonly clock: Clock;
  readonly snowflakes: Snowflakes;
  readonly events: Events;
  readonly cdn: Cdn;
  readonly interactions: Interactions;
  readonly users = new Map<string, User>();
  readonly bots = new Map<string, Bot>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, EmulatedChannel>();
  readonly modals = new Map<string, Interaction>();
  uploadLimitBytes: number;
  /** The gateway sets it. */
  dispatch: Dispatch = () => undefined;
  readonly #story: () => string;

  constructor(options: WorldOptions) {
    this.clock = new Clock(options.now);
    this.snowflakes = new Snowflakes(() => this.clock.now());
    this.events = new Events(() => this.clock.now());
    this.cdn = new Cdn(this.clock, this.snowflakes);
    this.uploadLimitBytes = options.uploadLimitBytes;
    this.#story = options.story;
    this.interactions = new Interactions(this, options);
  }

  /** The bot joins every guild that is there already. */
  addBot(options: { token?: string; name?: string } = {}): Bot {
    const id = this.snowflakes.next();
    const user = new User(id, options.name ?? 'Minstrel', { isBot: true });
    const token = options.token ?? freshToken(id);
    const bot: Bot = { token, applicationId: id, user, commands: new CommandRegistry(id, this) };
    this.users.set(id, user);
    this.bots.set(id, bot);
    for (const guild of this.guilds.values()) guild.addBot(bot);
    return bot;
  }

  botByToken(token: string): Bot | undefined {
    return [...this.bots.values()].find((bot) => bot.token === token);
  }

  guild(name: string, options: GuildOptions = {}): Guild {
    const stage = { ground: this, interactions: this.interactions, story: this.#story };
    const guild = new Guild(stage, name, options, (channel) => this.channels.set(channel.id, channel));
    this.guilds.set(guild.id, guild);
    return guild;
  }

  guildsOf(bot: Bot): Guild[] {
    return [...this.guilds.values()].filter((guild) => guild.bots.has(bot));
  }

  /** The direct messages of a person with a bot (the first one, unless told otherwise). */
  dm(member: Pick<Member, 'person'>, bot = this.bots.values().next().value): EmulatedChannel {
    if (bot === undefined) throw new Error('There is no bot to have direct messages with');
    return this.dmOf(bot, member.person);
  }

  dmOf(bot: Bot, person: Person): EmulatedChannel {
    const known = [...this.channels.values()].find(
      ({ place }) => 'bot' in place && place.bot === bot && place.person.user === person.user,
    );
    if (known !== undefined) return known;
    const channel = new EmulatedChannel(this, `@${person.user.name}`, { bot, person });
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Any membership of the user; those in the bot's guilds first. */
  personOf(userId: string, bot: Bot): Person | undefined {
    const guilds = [...this.guildsOf(bot), ...this.guilds.values()];
    return guilds.map((guild) => guild.people.get(userId)).find((person) => person !== undefined);
  }
}

/** Three parts, the first of them the bot's id: the shape that Discord's tokens have and libraries look for. */
function freshToken(botId: string): string {
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
  return `${Buffer.from(botId).toString('base64url')}.${random(5).slice(0, 6)}.${random(29).slice(0, 38)}`;
}
