import { EmulatedChannel } from '../model/channel.ts';
import { contentType } from '../model/content-type.ts';
import type { Ground } from '../model/ground.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { Person } from '../model/person.ts';
import { Role } from '../model/role.ts';

/** A file that a person attaches. */
export interface OfferedFile {
  name: string;
  bytes: Uint8Array;
  contentType?: string;
}

/** Somebody who can be named in an option: a `Member`. */
interface Somebody {
  readonly person: Person;
}

export type Nameable = Somebody | Role | EmulatedChannel | OfferedFile;

/** Collects what an interaction refers to by id: `data.resolved`. */
export class ResolvedData {
  readonly #ground: Ground;
  readonly #channel: EmulatedChannel;
  readonly #groups: Record<string, Record<string, unknown>> = {};

  constructor(ground: Ground, channel: EmulatedChannel) {
    this.#ground = ground;
    this.#channel = channel;
  }

  /** Puts the thing into its group and returns its id. What is not of this guild resolves to nothing, as at Discord. */
  add(thing: Nameable): string {
    const guildId = this.#channel.guildId;
    if (thing instanceof Role && thing.guildId !== guildId) return thing.id;
    if (thing instanceof EmulatedChannel && thing.guildId !== guildId) return thing.id;
    if (thing instanceof Role) return this.#put('roles', thing.id, thing.wire());
    if (thing instanceof EmulatedChannel)
      return this.#put('channels', thing.id, { ...thing.wire(), permissions: thing.botMay.toString() });
    if ('person' in thing) {
      const { user } = thing.person;
      // A stranger is a user, but no member here.
      if (thing.person.guild.id === guildId) this.#put('members', user.id, thing.person.partialWire());
      return this.#put('users', user.id, user.wire());
    }
    const file = this.#ground.cdn.store(this.#channel.id, {
      filename: thing.name,
      bytes: Buffer.from(thing.bytes),
      contentType: contentType(thing.name, thing.contentType),
      ephemeral: true,
    });
    return this.#put('attachments', file.id, file.wire());
  }

  addMessage(message: EmulatedMessage): string {
    return this.#put('messages', message.id, message.wire());
  }

  /** To be spread into `data`. */
  wire(): { resolved?: Record<string, unknown> } {
    return Object.keys(this.#groups).length === 0 ? {} : { resolved: this.#groups };
  }

  #put(group: string, id: string, wire: unknown): string {
    (this.#groups[group] ??= {})[id] = wire;
    return id;
  }
}
