/**
 * One interaction as the counters see it: who stands there, where, and how to be answered. No discord.js in it, so a
 * test hands over a plain object.
 */
import type { Logger } from './logger.ts';
import type { Words } from './text/en.ts';

export interface Visit {
  /** Discord's id of the interaction; the reference number of a fault. */
  id: string;
  applicationId: string;
  /** Reaches the reply for 15 minutes. A secret. */
  token: string;
  /** Unix ms by our own clock. */
  receivedAt: number;
  /** Null in direct messages. */
  guildId: string | null;
  channelId: string;
  userId: string;
  /** How the member is called here. */
  userName: string;
  roleIds: readonly string[];
  /** What the member may do in this channel, as Discord's bit set. */
  permissions: bigint;
  /** The member's own language, for what only they see. */
  locale: string;
  /** The server's language, for what everybody sees. */
  guildLocale: string;
  /** Bytes per file. */
  attachmentLimit: number;
  /** The message under a pressed button. */
  messageId: string | null;
  /** Whether that message is one that only the member sees. */
  messageIsPrivate: boolean;
  /** Files among the options, and on the message that a menu was opened on. */
  attachments: readonly SentFile[];
  /** Ids among the options that Discord confirms as members, roles or channels of this very server. */
  confirmed: ReadonlySet<string>;
  /** In the member's language. */
  words: Words;
  log: Logger;
}

/** A file as Discord names it: everything but the address is a claim by who sent it. */
export interface SentFile {
  id: string;
  name: string;
  url: string;
  bytes: number;
  /** Empty where Discord says nothing. */
  contentType: string;
}

/** A form in front of everything else, answered with an interaction of its own. */
export interface Form {
  customId: string;
  /** At most 45 characters. */
  title: string;
  /** One to five. */
  fields: readonly FormField[];
}

export interface FormField {
  /** Comes back as the value's name. */
  name: string;
  /** At most 45 characters. */
  label: string;
  hint?: string | undefined;
  required: boolean;
  /** Text in one line or several, or a choice among at most 25. */
  kind:
    | { is: 'line' | 'lines'; value: string; maxLength: number }
    | { is: 'choice'; options: readonly { label: string; value: string }[]; value: string | undefined };
}

/** What is shown, in Discord's own JSON. */
export interface View {
  content?: string;
  embeds?: readonly object[];
  components?: readonly object[];
  /** `mime`: where the bytes alone would be taken for something else. */
  files?: readonly { name: string; bytes: Buffer; mime?: string }[];
}

/** How an interaction is answered, and what happens after that answer. */
export type Plan = Reply | { answer: 'form'; form: Form };

export interface Reply {
  /**
   * `public` and `private` answer with a message of their own; `update` (buttons only) stays on the message under the
   * button.
   */
  answer: 'public' | 'private' | 'update';
  /** `run` may be run again for the same interaction by a process that takes it up after a crash: once is made of it. */
  repeatable?: true;
  /**
   * What it returns is shown; `delete` takes the message away; nothing leaves the reply to somebody else (a job's
   * card).
   */
  run: () => Promise<View | 'delete' | undefined>;
}

/** Discord's permission bits (topics/permissions). */
export const permission = { manageMessages: 1n << 13n, manageGuild: 1n << 5n } as const;

export const mayDo = (visit: Pick<Visit, 'permissions'>, bit: bigint): boolean =>
  (visit.permissions & bit) === bit;
