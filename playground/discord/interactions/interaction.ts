import { randomBytes } from 'node:crypto';
import type { Bot } from '../model/bot.ts';
import type { EmulatedChannel } from '../model/channel.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { LooseComponent } from '../messages/component-tree.ts';
import type { Person } from '../model/person.ts';
import type { User } from '../model/user.ts';

export type InteractionKind = 'command' | 'component' | 'autocomplete' | 'modal';

/** `type` on the wire: https://discord.com/developers/docs/interactions/receiving-and-responding */
export const INTERACTION_TYPE: Record<InteractionKind, number> = {
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
};

export interface ShownModal {
  title: string;
  customId: string;
  components: LooseComponent[];
}

export interface Acknowledgement {
  /** The callback's type. */
  type: number;
  afterMs: number;
}

export interface InteractionOrigin {
  id: string;
  kind: InteractionKind;
  bot: Bot;
  person: Person;
  channel: EmulatedChannel;
  /** What the person did, in words. */
  what: string;
  createdAt: number;
  /** The message that the pressed component, or the modal's cause, is on. */
  message?: EmulatedMessage | undefined;
  /** Of a menu command: what was right-clicked. */
  target?: { messageId: string } | { user: User } | undefined;
  /** Of a modal's submit: the interaction that showed the modal. */
  triggeredBy?: Interaction | undefined;
}

/** One press, command, keystroke or submit, and what the bot has made of it. */
export class Interaction {
  readonly origin: InteractionOrigin;
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  answer: Acknowledgement | undefined;
  /** The 3 seconds are over without an answer. */
  failed = false;
  /** Set to end the token before its time. */
  tokenExpired = false;
  /** `@original` */
  original: EmulatedMessage | undefined;
  readonly followUps: EmulatedMessage[] = [];
  modal: ShownModal | undefined;
  choices: Array<{ name: string; value: string | number }> | undefined;
  readonly acknowledged: Promise<Acknowledgement>;
  readonly #settle: PromiseWithResolvers<Acknowledgement>;

  constructor(origin: InteractionOrigin) {
    this.origin = origin;
    this.id = origin.id;
    this.kind = origin.kind;
    this.token =
      Buffer.from(`interaction:${origin.id}:`).toString('base64url') + randomBytes(90).toString('base64url');
    this.#settle = Promise.withResolvers<Acknowledgement>();
    this.acknowledged = this.#settle.promise;
    // Whoever only fires an interaction need not hear that it failed.
    this.acknowledged.catch(() => undefined);
  }

  acknowledge(answer: Acknowledgement): void {
    this.answer = answer;
    this.#settle.resolve(answer);
  }

  fail(reason: string): void {
    this.failed = true;
    this.#settle.reject(new Error(reason));
  }
}
