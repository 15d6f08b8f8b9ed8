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

export interface SungNote extends Note, Syllable {}

/** Every note of a song, part by part, and when which word is sung. */
export interface Score {
  drums: DrumHit[];
  bass: Note[];
  chords: Note[];
  pad: Note[];
  lead: Note[];
  vocals: SungNote[];
  words: SungWord[];
}

export const partNames = ['drums', 'bass', 'chords', 'pad', 'lead', 'vocals'] as const;
export type PartName = (typeof partNames)[number];
