/** What a finished job has brought into the house, on its way to Discord. */
import type { Clip } from '../../domain/song.ts';
import type { AudioFile } from '../audio/probe.ts';
import type { Upload } from './roads.ts';

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
  file: GoodsFile | AudioFile | null;
  /** Of audio. */
  seconds: number | null;
  clip?: Clip;
}

export interface Picture {
  path: string;
  fileName: string;
  bytes: number;
  /** Where in the embed. */
  place: 'thumbnail' | 'image';
}

export interface Goods {
  items: readonly Item[];
  /** Names of what came and can be neither used nor linked. */
  spoiled: readonly string[];
  picture: Picture | undefined;
}

export function isAudio(file: GoodsFile | null): file is AudioFile {
  return file !== null && 'seconds' in file && typeof file.seconds === 'number';
}

/**
 * What became of an item: attached as it is, attached in a smaller format, or only linked: because it is too large,
 * because it couldn't be fetched.
 */
export type Road = 'attached' | 'smaller' | 'too-large' | 'unfetched';

export interface Delivered extends Item {
  road: Road;
}

/** The goods as one message takes them. */
export interface Parcel {
  items: readonly Delivered[];
  /** At most as many as a message takes, none larger than the limit. */
  uploads: readonly Upload[];
  spoiled: readonly string[];
  /** It is among the uploads. */
  picture: Picture | undefined;
  /** How many of the uploads are zips. */
  zips: number;
  /** The addresses of what is only linked stand in a file, being too long for the card. */
  linksInFile: boolean;
}
