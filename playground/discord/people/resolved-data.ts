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
  readonly #channelId: string;
  readonly #groups: Record<string, Record<string, unknown>> = {};

  constructor(ground: Ground, channelId: string) {
    this.#ground = ground;
    this.#channelId = channelId;
  }

  /** Puts the thing into its group and returns its id. */
  add(thing: Nameable): string {
    if (thing instanceof Role) return this.#put('roles', thing.id, thing.wire());
    if (thing instanceof EmulatedChannel)
      return this.#put('channels', thing.id, { ...thing.wire(), permissions: thing.botMay.toString() });
    if ('person' in thing) {
      const { user } = thing.person;
      this.#put('members', user.id, thing.person.partialWire());
      return this.#put('users', user.id, user.wire());
    }
    const file = this.#ground.cdn.store(this.#channelId, {
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
