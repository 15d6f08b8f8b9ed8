import type { SungWord } from './composed-song.ts';
import type { Syllable } from './syllables.ts';

export interface Note {
  /** Seconds from the song's start. */
  at: number;
  seconds: number;
  midi: number;
  /** 0 to 1. */
  velocity: number;
}

export type Drum =
  | 'kick'
  | 'snare'
  | 'hat'
  | 'openHat'
  | 'clap'
  | 'ride'
  | 'brush'
  | 'rim'
  | 'shaker'
  | 'tom'
  | 'crash';

export interface DrumHit {
  at: number;
  drum: Drum;
  velocity: number;
}

export interface SungNote extends Note, Syllable {
  /** Which line of the song it belongs to, counted from 0 as they are sung. */
  line: number;
  /** "[Chorus]": the mark in the lyrics before this line. */
  mark: string;
}

/** Every note of a song, part by part, and when which word is sung. */
export interface Score {
  drums: DrumHit[];
  bass: Note[];
  chords: Note[];
  pad: Note[];
  lead: Note[];
  /** The second voice of choruses. */
  backing: SungNote[];
  vocals: SungNote[];
  words: SungWord[];
}

/** Every part but the drums. */
export const pitchedParts = ['bass', 'chords', 'pad', 'lead', 'backing', 'vocals'] as const;
export const partNames = ['drums', ...pitchedParts] as const;
export type PartName = (typeof partNames)[number];
