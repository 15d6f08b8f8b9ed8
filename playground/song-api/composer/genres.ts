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
export type BassStyle = 'none' | 'roots' | 'eighths' | 'offbeat' | 'walking' | 'sixteenths' | 'drone';
export type CompStyle = 'held' | 'strums' | 'stabs' | 'arpeggio' | 'waltz' | 'shells';
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

const pop: Character = {
  bpm: [100, 118],
  beatsPerBar: 4,
  modes: ['major'],
  drums: 'pop',
  bass: 'eighths',
  bassSound: 'bass',
  comp: 'strums',
  chordSound: 'piano',
  leadSound: 'synth',
  padSound: 'strings',
  sevenths: false,
  swing: 0,
  energy: 0.6,
  brightness: 0.55,
  space: 0.3,
  ducks: false,
};

/** Genres by the words that name them. The first one found in a description is the ground of the song. */
export const genres: readonly { words: RegExp; character: Character }[] = [
  genre(/techno|trance|rave|edm|industrial/, {
    bpm: [128, 140],
    modes: ['minor', 'phrygian'],
    drums: 'four',
    bass: 'offbeat',
    comp: 'stabs',
    chordSound: 'saw',
    leadSound: 'saw',
    padSound: 'synth',
    energy: 0.9,
    brightness: 0.85,
    ducks: true,
  }),
  genre(/house|disco|dance|club/, {
    bpm: [120, 127],
    modes: ['dorian', 'minor'],
    drums: 'four',
    bass: 'offbeat',
    comp: 'stabs',
    chordSound: 'epiano',
    leadSound: 'saw',
    padSound: 'strings',
    sevenths: true,
    energy: 0.8,
    brightness: 0.7,
    ducks: true,
  }),
  genre(/drum ?(?:and|&|n) ?bass|dnb|jungle|breakbeat/, {
    bpm: [168, 176],
    modes: ['minor'],
    drums: 'breaks',
    bass: 'roots',
    bassSound: 'sub',
    comp: 'held',
    chordSound: 'synth',
    leadSound: 'saw',
    energy: 0.9,
    brightness: 0.75,
  }),
  genre(/metal|punk|hardcore|grunge/, {
    bpm: [150, 172],
    modes: ['minor', 'phrygian'],
    drums: 'rock',
    bass: 'eighths',
    comp: 'strums',
    chordSound: 'drive',
    leadSound: 'drive',
    padSound: null,
    energy: 1,
    brightness: 0.75,
    space: 0.2,
  }),
  genre(/lo-?fi|chill-?hop|study/, {
    bpm: [70, 84],
    modes: ['dorian', 'major'],
    drums: 'lofi',
    bass: 'roots',
    bassSound: 'upright',
    comp: 'held',
    chordSound: 'epiano',
    leadSound: 'epiano',
    padSound: null,
    sevenths: true,
    swing: 0.2,
    energy: 0.35,
    brightness: 0.25,
  }),
  genre(/hip-?hop|\brap\b|trap|boom ?bap|r&b|rnb/, {
    bpm: [82, 96],
    modes: ['minor', 'dorian'],
    drums: 'lofi',
    bass: 'roots',
    bassSound: 'sub',
    comp: 'arpeggio',
    chordSound: 'epiano',
    leadSound: 'bells',
    padSound: null,
    swing: 0.12,
    energy: 0.55,
    brightness: 0.5,
  }),
  genre(/jazz|swing|bebop|big ?band/, {
    bpm: [120, 156],
    modes: ['major', 'dorian'],
    drums: 'swing',
    bass: 'walking',
    bassSound: 'upright',
    comp: 'shells',
    leadSound: 'brass',
    padSound: null,
    sevenths: true,
    swing: 0.33,
    energy: 0.55,
    brightness: 0.45,
  }),
  genre(/blues|soul|gospel|funk/, {
    bpm: [88, 108],
    modes: ['mixolydian', 'dorian'],
    bass: 'walking',
    comp: 'shells',
    chordSound: 'organ',
    leadSound: 'guitar',
    padSound: null,
    sevenths: true,
    swing: 0.25,
    energy: 0.55,
    brightness: 0.5,
  }),
  genre(/bossa|samba|latin|salsa|reggae|ska|tango|tropical/, {
    bpm: [96, 124],
    modes: ['minor', 'major'],
    drums: 'latin',
    bass: 'roots',
    bassSound: 'upright',
    comp: 'shells',
    chordSound: 'guitar',
    leadSound: 'flute',
    padSound: null,
    sevenths: true,
    energy: 0.5,
    brightness: 0.5,
  }),
  genre(/waltz|walz|carousel|musette/, {
    bpm: [132, 160],
    beatsPerBar: 3,
    drums: 'waltz',
    bass: 'roots',
    bassSound: 'upright',
    comp: 'waltz',
    leadSound: 'strings',
    energy: 0.45,
    brightness: 0.5,
    space: 0.4,
  }),
  genre(/orchestra|symphon|classical|cinematic|soundtrack|film|baroque/, {
    bpm: [84, 108],
    modes: ['major', 'minor', 'lydian'],
    drums: 'taiko',
    bass: 'roots',
    bassSound: 'strings',
    comp: 'held',
    chordSound: 'strings',
    leadSound: 'brass',
    padSound: 'choir',
    energy: 0.6,
    brightness: 0.5,
    space: 0.7,
  }),
  genre(/ambient|drone|meditation|new ?age|sleep|space music/, {
    bpm: [56, 70],
    modes: ['lydian', 'major', 'dorian'],
    drums: 'none',
    bass: 'drone',
    bassSound: 'sub',
    comp: 'held',
    chordSound: 'choir',
    leadSound: 'bells',
    padSound: 'synth',
    energy: 0.1,
    brightness: 0.3,
    space: 0.95,
  }),
  genre(/chip-?tune|8-?bit|game boy|arcade|video ?game/, {
    bpm: [138, 160],
    modes: ['major', 'mixolydian'],
    bass: 'eighths',
    bassSound: 'chip',
    comp: 'arpeggio',
    chordSound: 'chip',
    leadSound: 'chip',
    padSound: null,
    energy: 0.8,
    brightness: 0.8,
    space: 0.05,
  }),
  genre(/synth-?wave|synth-?pop|retro-?wave|80s|vapor/, {
    bpm: [98, 116],
    modes: ['minor', 'dorian'],
    bass: 'eighths',
    bassSound: 'synth',
    comp: 'arpeggio',
    chordSound: 'synth',
    leadSound: 'saw',
    padSound: 'synth',
    energy: 0.65,
    brightness: 0.65,
    space: 0.5,
  }),
  genre(/folk|country|bluegrass|acoustic|singer|campfire|ballad/, {
    bpm: [84, 108],
    modes: ['major', 'mixolydian'],
    drums: 'brushes',
    bass: 'roots',
    bassSound: 'upright',
    comp: 'arpeggio',
    chordSound: 'guitar',
    leadSound: 'flute',
    padSound: null,
    energy: 0.4,
    brightness: 0.45,
  }),
  genre(/rock|indie|garage|surf|britpop/, {
    bpm: [116, 138],
    modes: ['mixolydian', 'major', 'minor'],
    drums: 'rock',
    bass: 'eighths',
    comp: 'strums',
    chordSound: 'drive',
    leadSound: 'guitar',
    padSound: null,
    energy: 0.8,
    brightness: 0.65,
    space: 0.25,
  }),
  genre(/pop|upbeat|radio|summer/, {}),
];

/** Where no genre is named: a plain song, which moods make a ballad or a dance. */
export const plainSong: Character = pop;

function genre(words: RegExp, difference: Partial<Character>): { words: RegExp; character: Character } {
  return { words, character: { ...pop, ...difference } };
}
