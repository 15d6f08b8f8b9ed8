import { EventEmitter } from 'node:events';
import type { LooseComponent } from '../messages/component-tree.ts';
import type { EmulatedMessage } from './message.ts';

interface Shapes {
  'message-created': { message: EmulatedMessage };
  'message-updated': { message: EmulatedMessage };
  'message-deleted': { message: EmulatedMessage };
  'interaction-created': {
    interactionId: string;
    kind: string;
    /** What the person did, in words: `/song prompt: rain`, `Again`. */
    what: string;
    userId: string;
    channelId: string;
  };
  'interaction-acknowledged': { interactionId: string; callbackType: number; afterMs: number };
  /** "The application did not respond." */
  'interaction-failed': { interactionId: string; userId: string; channelId: string };
  'modal-shown': {
    interactionId: string;
    userId: string;
    modal: { title: string; customId: string; components: LooseComponent[] };
  };
  typing: { channelId: string; userId: string };
  'guild-created': { guildId: string; name: string };
  'channel-created': { channelId: string; guildId: string | undefined; name: string };
  'channel-deleted': { channelId: string };
  'member-joined': { guildId: string; userId: string; name: string };
  'bot-removed': { guildId: string; userId: string };
  gateway: { what: 'connected' | 'identified' | 'resumed' | 'closed'; code?: number };
}

export type EventType = keyof Shapes;
/** One thing that anybody could see happen. `at`: ms since 1970 on Discord's clock. */
export type DiscordEvent = { [T in EventType]: { at: number; type: T } & Shapes[T] }[EventType];

type Heard<T extends EventType | 'event'> = T extends EventType
  ? Extract<DiscordEvent, { type: T }>
  : DiscordEvent;

/** The one stream of everything visible: `event` hears all, a type's own name hears that type. */
export class Events {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns what ends the listening. */
  on<T extends EventType | 'event'>(type: T, listener: (event: Heard<T>) => void): () => void {
    this.#emitter.on(type, listener);
    return () => this.#emitter.off(type, listener);
  }

  tell<T extends EventType>(type: T, shape: Shapes[T]): void {
    const event = { at: this.#now(), type, ...shape };
    this.#emitter.emit('event', event);
    this.#emitter.emit(type, event);
  }
}
