/** What a finished job has brought into the house, on its way to Discord. */
import type { Clip } from '../../domain/song.ts';

/** A file here, ready to be attached. */
export interface GoodsFile {
  path: string;
  bytes: number;
  mime: string;
}

export interface Item {
  /** For people. */
  name: string;
  /** Without a folder; safe on every system. */
  fileName: string;
  /** Where people may find it while it isn't attached; null for what we made ourselves. */
  url: string | null;
  /** Null where it couldn't be fetched but its address may still work for people. */
  file: GoodsFile | null;
  /** Of audio. */
  seconds: number | null;
  clip?: Clip;
}

export interface Goods {
  items: readonly Item[];
  cover: { path: string; fileName: string; bytes: number } | undefined;
}

/** What became of an item: attached to the message, or only linked, and why. */
export type Road = 'attached' | 'too-large' | 'unfetched';

export interface Delivered extends Item {
  road: Road;
}
