import type { ActionKey } from './actions.ts';
import type { JobStatus } from './job.ts';
import type { SongInputs } from './song.ts';

/** The message that shows a job, and the roads that lead to it. */
export interface CardAddress {
  interactionId: string;
  applicationId: string;
  /** Answers for 15 minutes; a secret while it does. */
  token: string;
  /** Unix milliseconds after which the token is no longer tried. */
  tokenUntil: number;
  /** Known once Discord has told it; needed for every road but the token's. */
  messageId: string | null;
  /** Bytes per file, as the interaction announced. An upper bound: Discord may still answer 413. */
  attachmentLimit: number;
}

export type Delivery = 'pending' | 'delivered' | 'undeliverable';

/** Why a queued job isn't under way yet. */
export type Wait =
  /** Position from 1 in the order of turns; `startsAt` in Unix ms, where enough songs have been measured. */
  | { is: 'place'; position: number; startsAt: number | undefined }
  /** An admin has paused its server. */
  | { is: 'paused' }
  /** The song API can't be reached or says "not now": everything waits and goes on by itself. */
  | { is: 'parked' };

/** One request of one member, with everything needed to finish it in another process. Times in Unix ms. */
export interface Job {
  id: string;
  /** Null in direct messages. */
  guildId: string | null;
  channelId: string;
  userId: string;
  /** Of the guild for public cards, of the member for private ones. */
  locale: string;
  action: ActionKey;
  inputs: SongInputs;
  /**
   * What is done with the result of this, in the same job: a file that a member brings is taken in first, and only
   * then is there a clip to work on. Null where nothing follows.
   */
  next: { action: ActionKey; inputs: SongInputs } | null;
  /** Ids of the library's tracks that this is made from. */
  parents: readonly string[];
  /** What that is called, for people; null for what is made of words alone. */
  subject: string | null;
  /** Only the member sees the card (an ephemeral message): just the token reaches it. */
  private: boolean;
  /** Credits. */
  price: number;
  /** What has become of them; settled and released are final. */
  hold: 'none' | 'held' | 'settled' | 'released';
  createdAt: number;
  status: JobStatus;
  submittedAt: number | null;
  finishedAt: number | null;
  /** Not submitted before; set when the song API said "not now". */
  notBefore: number;
  nextPollAt: number | null;
  /** First time that a batch answer left the task out. */
  missingSince: number | null;
  /** The gateway's own charge so far, in its units; null before it said one. */
  charge: number | null;
  /** The part of it that belongs to tasks before this one. */
  chargedBefore: number;
  card: CardAddress;
  delivery: Delivery;
  deliveryAttempts: number;
  nextDeliveryAt: number;
}
