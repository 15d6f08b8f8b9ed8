/** A finished clip in the library: the thing that buttons and `song:` options act on. */
import type { ActionKey } from './actions.ts';
import type { Platform } from './song.ts';

export interface Track {
  /** Of the same form as a job's id, and never one. */
  id: string;
  jobId: string;
  /** From 1: Suno makes two of each song. */
  take: number;
  /** Null in direct messages. */
  guildId: string | null;
  channelId: string;
  userId: string;
  private: boolean;
  platform: Platform;
  /** The song API's handle; follow-ups name it. Empty where it gave none: then there are no follow-ups. */
  clipId: string;
  title: string;
  style: string | null;
  lyrics: string | null;
  prompt: string | null;
  model: string | null;
  seed: string | null;
  seconds: number | null;
  /** Where the song API had the file when it was finished. */
  audioUrl: string | null;
  imageUrl: string | null;
  /** What made it. */
  action: ActionKey;
  /** Ids of the tracks it was made from. */
  parents: readonly string[];
  /** Unix ms. */
  createdAt: number;
}
