import { ApplicationCommandType, ComponentType, MessageFlags } from 'discord-api-types/v10';
import {
  callCommand,
  commandHead,
  findCommand,
  type OptionValue,
  type OptionValues,
} from './command-call.ts';
import { checkPost, checkTarget, checkUse, ClientRefuses } from './client-checks.ts';
import type { EmulatedChannel } from '../model/channel.ts';
import { composeMessage } from '../messages/compose-message.ts';
import type { Directory } from '../model/directory.ts';
import type {
  Interaction,
  InteractionKind,
  InteractionOrigin,
  ShownModal,
} from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { Invocation } from './invocation.ts';
import { EmulatedMessage, type ShownSelect } from '../model/message.ts';
import { answerModal, type FieldValue } from './modal-answer.ts';
import { pickValues } from './pick-values.ts';
import type { Person } from '../model/person.ts';
import type { UploadedFile } from '../messages/message-form.ts';
import { ResolvedData, type Nameable, type OfferedFile } from './resolved-data.ts';

/** Where members act: what they need besides who they are. */
export interface Stage {
  readonly ground: Directory;
  readonly interactions: Interactions;
  /** The journal's tail, for errors. */
  story: () => string;
}

interface Force {
  /** A hostile client, which sends what Discord's would not. */
  force?: boolean;
}

/** A person in a channel, with verbs for what people do there. */
export class Member {
  readonly person: Person;
  readonly channel: EmulatedChannel;
  readonly #stage: Stage;

  constructor(stage: Stage, person: Person, channel: EmulatedChannel) {
    this.#stage = stage;
    this.person = person;
    this.channel = channel;
  }

  get id(): string {
    return this.person.user.id;
  }

  get name(): string {
    return this.person.user.name;
  }

  get refusesDms(): boolean {
    return this.person.user.refusesDms;
  }

  set refusesDms(refuses: boolean) {
    this.person.user.refusesDms = refuses;
  }

  get nitroLimitBytes(): number {
    return this.person.user.nitroLimitBytes;
  }

  set nitroLimitBytes(bytes: number) {
    this.person.user.nitroLimitBytes = bytes;
  }

  /** The same person, in another channel. */
  in(channel: EmulatedChannel): Member {
    return new Member(this.#stage, this.person, channel);
  }

  /** What this person sees here. */
  sees(): EmulatedMessage[] {
    return this.channel.messages(this);
  }

  /** `/song`, `/quota-admin grant`: resolves when the bot has acknowledged it. */
  runs(line: string, values: OptionValues = {}, options: Force = {}): Promise<Invocation> {
    return acknowledged(() => this.fires(line, values, options));
  }

  /** Like `runs`, without waiting for anything. */
  fires(line: string, values: OptionValues = {}, options: Force = {}): Invocation {
    const resolved = this.#resolved();
    const { bot, data } = callCommand(
      { line, values, force: options.force ?? false },
      this.#place(),
      resolved,
    );
    const words = Object.entries(values).map(([name, value]) => `${name}: ${inWords(value)}`);
    return this.#open('command', bot.applicationId, [line, ...words].join(' '), data);
  }

  /** What autocomplete offers while the person types `text` into the option. */
  async types(
    line: string,
    option: string,
    text: string | number,
    others: OptionValues = {},
  ): Promise<Array<{ name: string; value: string | number }>> {
    const values = { ...others, [option]: text };
    const { bot, data } = callCommand({ line, values, focused: option }, this.#place(), this.#resolved());
    const invocation = this.#open('autocomplete', bot.applicationId, `${line} ${option}: ${text}…`, data);
    await invocation.acknowledged;
    return invocation.choices ?? [];
  }

  /** Chooses an app's entry in the menu of a message or of a person. */
  uses(menu: string, target: EmulatedMessage | Member, options: Force = {}): Promise<Invocation> {
    return acknowledged(() => {
      const isMessage = target instanceof EmulatedMessage;
      const type = isMessage ? ApplicationCommandType.Message : ApplicationCommandType.User;
      const { bot, command } = findCommand(menu, type, this.channel);
      if (options.force !== true) {
        checkUse(command, this.person, this.channel);
        if (isMessage) checkTarget(target, this.person, this.channel);
      }
      const resolved = this.#resolved();
      const targetId = isMessage ? resolved.addMessage(target) : resolved.add(target);
      const data = { ...commandHead(command), target_id: targetId, ...resolved.wire() };
      return this.#open('command', bot.applicationId, `${menu} (menu)`, data, {
        target: isMessage ? { messageId: target.id } : { user: target.person.user },
      });
    });
  }

  /** Presses the enabled button with this label on the newest message that has one (or on the given message). */
  clicks(label: string, message?: EmulatedMessage): Promise<Invocation> {
    return acknowledged(() => {
      const has = (shown: EmulatedMessage): string | undefined =>
        shown.buttons.find((button) => button.label === label && !button.disabled)?.customId;
      const target = this.#newest(
        message,
        (shown) => has(shown) !== undefined,
        `an enabled button "${label}"`,
      );
      return this.#press(target, { component_type: ComponentType.Button, custom_id: has(target) }, label);
    });
  }

  /** Forged: any custom id, whether or not the message has such a button. */
  clicksId(customId: string, message: EmulatedMessage): Promise<Invocation> {
    return acknowledged(() =>
      this.#press(message, { component_type: ComponentType.Button, custom_id: customId }, customId),
    );
  }

  /** Chooses in a select, by its custom id or placeholder; values by value or label, or people, roles, channels. */
  picks(
    select: string,
    values: Array<string | Nameable>,
    message?: EmulatedMessage,
    options: Force = {},
  ): Promise<Invocation> {
    return acknowledged(() => {
      const find = (shown: EmulatedMessage): ShownSelect | undefined =>
        shown.selects.find((one) => [one.customId, one.placeholder].includes(select) && !one.disabled);
      const target = this.#newest(
        message,
        (shown) => find(shown) !== undefined,
        `an enabled select "${select}"`,
      );
      const shown = find(target)!;
      const resolved = this.#resolved();
      const picked = pickValues(shown, select, values, resolved, options.force);
      const data = {
        component_type: shown.type,
        custom_id: shown.customId,
        values: picked,
        ...resolved.wire(),
      };
      return this.#press(target, data, `${select}: ${values.map(inWords).join(', ')}`);
    });
  }

  /** The newest modal that this person has been shown and has not answered. */
  get modal(): ShownModal | undefined {
    return this.#stage.ground.modals.get(this.id)?.modal;
  }

  /** Fills in the newest modal, by label or custom id, and sends it off. */
  submits(values: Record<string, FieldValue>, options: Force = {}): Promise<Invocation> {
    return acknowledged(() => this.sends(values, options));
  }

  /** Like `submits`, without waiting for anything. */
  sends(values: Record<string, FieldValue>, options: Force = {}): Invocation {
    const shownBy = this.#stage.ground.modals.get(this.id);
    if (shownBy?.modal === undefined) throw new Error(`${this.name} has been shown no modal`);
    const data = answerModal(shownBy.modal, values, this.#resolved(), options.force ?? false);
    this.#stage.ground.modals.delete(this.id);
    return this.#open('modal', shownBy.origin.bot.applicationId, `${shownBy.modal.title} (submit)`, data, {
      message: shownBy.origin.message,
      triggeredBy: shownBy,
    });
  }

  /** An ordinary message. */
  says(text: string, files: OfferedFile[] = []): EmulatedMessage {
    const { person, channel } = this;
    checkPost(text, files, person, channel, this.#place().limitBytes);
    return channel.post(person.user, {}, (message) =>
      composeMessage(this.#stage.ground, message, { content: text }, uploads(files)),
    );
  }

  /** A voice message: a recording of so many seconds. */
  records(file: OfferedFile, seconds: number): EmulatedMessage {
    const { person, channel } = this;
    checkPost('', [file], person, channel, this.#place().limitBytes);
    const points = Buffer.alloc(Math.min(256, Math.ceil(seconds * 10)), 128);
    const about = { id: '0', duration_secs: seconds, waveform: points.toString('base64') };
    const form = { flags: MessageFlags.IsVoiceMessage, attachments: [about] };
    return channel.post(person.user, {}, (message) =>
      composeMessage(this.#stage.ground, message, form, uploads([file])),
    );
  }

  #press(message: EmulatedMessage, data: Record<string, unknown>, what: string): Invocation {
    if ((message.flags & MessageFlags.Loading) !== 0) throw new ClientRefuses('the message is still loading');
    return this.#open('component', message.authorId, `[${what}]`, data, { message });
  }

  #open(
    kind: InteractionKind,
    botId: string,
    what: string,
    data: unknown,
    cause: Pick<InteractionOrigin, 'message' | 'target' | 'triggeredBy'> = {},
  ): Invocation {
    const { ground, interactions, story } = this.#stage;
    const bot = ground.bots.get(botId);
    if (bot === undefined)
      throw new Error(`The message is not by a bot, so nothing on it can be pressed: ${what}`);
    const origin = { kind, bot, person: this.person, channel: this.channel, what, ...cause };
    const interaction: Interaction = interactions.open(origin, data);
    return new Invocation(interaction, story);
  }

  #newest(
    given: EmulatedMessage | undefined,
    fits: (message: EmulatedMessage) => boolean,
    what: string,
  ): EmulatedMessage {
    const seen = given === undefined ? this.sees() : [given];
    const found = seen.findLast((message) => fits(message) && message.isVisibleTo(this.id));
    if (found !== undefined) return found;
    throw new Error(
      `${this.name} sees nowhere ${what} in #${this.channel.name}:\n${this.channel.asText(this)}\n${this.#stage.story()}`,
    );
  }

  #resolved(): ResolvedData {
    return new ResolvedData(this.#stage.ground, this.channel);
  }

  #place(): { person: Person; channel: EmulatedChannel; limitBytes: number } {
    const limits = [
      this.#stage.ground.uploadLimitBytes,
      this.channel.guild?.uploadLimitBytes ?? 0,
      this.nitroLimitBytes,
    ];
    return { person: this.person, channel: this.channel, limitBytes: Math.max(...limits) };
  }
}

function uploads(files: OfferedFile[]): UploadedFile[] {
  return files.map((file, index) => ({
    key: String(index),
    name: file.name,
    contentType: file.contentType ?? '',
    bytes: Buffer.from(file.bytes),
  }));
}

async function acknowledged(open: () => Invocation): Promise<Invocation> {
  const invocation = open();
  await invocation.acknowledged;
  return invocation;
}

function inWords(value: OptionValue | undefined): string {
  return typeof value === 'object'
    ? 'person' in value
      ? value.person.user.name
      : value.name
    : String(value);
}
