import type { Allowance, Balance } from './quota.ts';

/** One pocket of the till: a server's, a member's in a server, or a person's outside any server. */
export interface Account {
  id: string;
  guildId: string | null;
  userId: string | null;
  /** How the person was called when they last asked for a song; for the admins' chart. */
  name: string;
  balance: Balance;
  /** Set by an admin; null: the default. */
  allowance: Allowance | null;
  /** Set by the operator, for servers; null: the default allowance of a server. */
  ceiling: Allowance | null;
  /** Of a server: where its days, weeks and months begin. Kept here, so that no movement needs the settings. */
  timeZone: string;
  paused: boolean;
  blocked: boolean;
  /** The highest budget alarm given, and the beginning of the period it was given for. */
  alarm: { since: number; percent: number };
}

export type EntryKind =
  | 'hold'
  | 'settle'
  | 'release'
  | 'grant'
  | 'reset'
  | 'allowance'
  | 'ceiling'
  | 'pause'
  | 'resume'
  | 'block'
  | 'unblock'
  | 'role'
  | 'time-zone';

/** A line of the audit trail; never changed once written. */
export interface Entry {
  at: number;
  accountId: string;
  guildId: string | null;
  kind: EntryKind;
  /** Of the movement, or the new setting; 0 where there is none. */
  credits: number;
  jobId: string | null;
  /** The action that the job was for, so that usage can be told apart. */
  action: string | null;
  /** Who did it; null: the bot itself. */
  actorId: string | null;
  /** In words, for people. */
  reason: string;
}

export const guildAccountId = (guildId: string): string => `guild:${guildId}`;
export const personAccountId = (userId: string): string => `person:${userId}`;
/** In a server a member has an account of that server; elsewhere their own. */
export const memberAccountId = (guildId: string | null, userId: string): string =>
  guildId === null ? personAccountId(userId) : `member:${guildId}:${userId}`;
