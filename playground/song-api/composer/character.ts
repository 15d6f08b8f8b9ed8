import type { ModeName } from './modes.ts';

export type DrumStyle =
  | 'none'
  | 'four'
  | 'rock'
  | 'pop'
  | 'lofi'
  | 'swing'
  | 'waltz'
  | 'brushes'
  | 'breaks'
  | 'latin'
  | 'taiko';
type BassStyle = 'none' | 'roots' | 'eighths' | 'offbeat' | 'walking' | 'sixteenths' | 'drone';
type CompStyle = 'held' | 'strums' | 'stabs' | 'arpeggio' | 'waltz' | 'shells';
export type Sound =
  | 'piano'
  | 'epiano'
  | 'guitar'
  | 'drive'
  | 'strings'
  | 'synth'
  | 'saw'
  | 'flute'
  | 'organ'
  | 'bells'
  | 'brass'
  | 'choir'
  | 'chip'
  | 'bass'
  | 'upright'
  | 'sub';

/** What a kind of music sounds like, before moods and instruments bend it. */
export interface Character {
  bpm: readonly [min: number, max: number];
  beatsPerBar: 3 | 4;
  modes: readonly ModeName[];
  drums: DrumStyle;
  bass: BassStyle;
  bassSound: Sound;
  comp: CompStyle;
  chordSound: Sound;
  leadSound: Sound;
  /** A soft layer under everything; null without one. */
  padSound: Sound | null;
  sevenths: boolean;
  /** 0 straight to 0.33 triplets: how much later every second eighth comes, in eighths. */
  swing: number;
  /** 0 to 1: how much happens. */
  energy: number;
  /** 0 dull to 1 brilliant. */
  brightness: number;
  /** 0 dry to 1 cathedral. */
  space: number;
  /** Everything but the drums gives way to the kick. */
  ducks: boolean;
}
