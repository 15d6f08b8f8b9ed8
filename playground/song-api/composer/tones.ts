import type { Sound } from './character.ts';

/** How a pitched sound is made: two waves, a bright one that gives way to a dark one, under an envelope. */
export interface Tone {
  /** Loudness of each harmonic at a note's start, the fundamental first. */
  bright: readonly number[];
  /** And when the note has mellowed. */
  dark: readonly number[];
  /** Seconds in which brightness falls to a third; Infinity keeps it. */
  mellows: number;
  attack: number;
  /** Seconds in which loudness falls to a third of the way to `sustain`. */
  decay: number;
  sustain: number;
  release: number;
  /** Cents by which doubled voices stray to either side; 0 for a single voice. */
  detune: number;
  /** Cents of vibrato, which sets in after a quarter of a second. */
  vibrato: number;
  /** Air in the sound. */
  breath: number;
  /** Soft clipping before the envelope ends; 0 for none. */
  drive: number;
  gain: number;
}

const saw = (count: number, slope = 1): number[] =>
  Array.from({ length: count }, (_, n) => 1 / (n + 1) ** slope);
const odd = (count: number, slope = 1): number[] =>
  saw(count, slope).map((level, n) => (n % 2 === 0 ? level : 0));

const plain: Tone = {
  bright: saw(12, 1.4),
  dark: saw(4, 2),
  mellows: 0.4,
  attack: 0.005,
  decay: 0.8,
  sustain: 0,
  release: 0.15,
  detune: 0,
  vibrato: 0,
  breath: 0,
  drive: 0,
  gain: 0.3,
};

export const tones: Record<Sound, Tone> = {
  piano: {
    ...plain,
    bright: [1, 0.6, 0.45, 0.3, 0.22, 0.14, 0.1, 0.05, 0.06, 0.04, 0.03, 0.02],
    dark: [1, 0.22, 0.08, 0.03],
    mellows: 0.25,
    attack: 0.003,
    decay: 0.9,
    release: 0.25,
    detune: 1.5,
    gain: 0.34,
  },
  epiano: {
    ...plain,
    bright: [1, 0.1, 0.05, 0.02, 0.01, 0.1, 0.06, 0.12],
    dark: [1, 0.12, 0.02],
    mellows: 0.15,
    decay: 1.1,
    release: 0.3,
    detune: 2,
    gain: 0.36,
  },
  guitar: {
    ...plain,
    bright: saw(16, 1.05),
    dark: [1, 0.35, 0.16, 0.06],
    mellows: 0.12,
    attack: 0.002,
    decay: 0.6,
    release: 0.12,
    gain: 0.3,
  },
  drive: {
    ...plain,
    bright: saw(20, 0.9),
    dark: saw(14, 1.1),
    mellows: 0.8,
    decay: 2.5,
    sustain: 0.4,
    release: 0.08,
    detune: 5,
    drive: 5,
    gain: 0.17,
  },
  strings: {
    ...plain,
    bright: saw(16, 1.15),
    dark: saw(10, 1.4),
    mellows: Infinity,
    attack: 0.12,
    decay: 1,
    sustain: 0.9,
    release: 0.3,
    detune: 9,
    vibrato: 10,
    gain: 0.17,
  },
  synth: {
    ...plain,
    bright: saw(18, 1),
    dark: odd(9, 1.5),
    mellows: 0.35,
    attack: 0.01,
    decay: 1,
    sustain: 0.6,
    release: 0.2,
    detune: 7,
    gain: 0.17,
  },
  saw: {
    ...plain,
    bright: saw(32, 0.9),
    dark: saw(12, 1.2),
    mellows: 0.18,
    attack: 0.004,
    decay: 0.35,
    sustain: 0.45,
    release: 0.1,
    detune: 11,
    gain: 0.17,
  },
  flute: {
    ...plain,
    bright: [1, 0.35, 0.12, 0.06, 0.02],
    dark: [1, 0.22, 0.06],
    mellows: 0.5,
    attack: 0.06,
    decay: 1,
    sustain: 0.85,
    release: 0.12,
    vibrato: 14,
    breath: 0.05,
    gain: 0.3,
  },
  organ: {
    ...plain,
    bright: [1, 0.7, 0.5, 0.4, 0, 0.25, 0, 0.3],
    dark: [1, 0.7, 0.5, 0.3, 0, 0.15],
    mellows: 0.3,
    attack: 0.008,
    decay: 1,
    sustain: 1,
    release: 0.06,
    detune: 2,
    vibrato: 5,
    gain: 0.16,
  },
  bells: {
    ...plain,
    bright: [1, 0, 0, 0.5, 0, 0, 0, 0, 0, 0.25, 0, 0, 0.1],
    dark: [1, 0, 0, 0.08],
    mellows: 0.3,
    attack: 0.002,
    decay: 0.9,
    release: 0.6,
    gain: 0.28,
  },
  brass: {
    ...plain,
    bright: saw(18, 0.95),
    dark: saw(8, 1.3),
    mellows: 0.6,
    attack: 0.04,
    decay: 0.5,
    sustain: 0.75,
    release: 0.1,
    vibrato: 8,
    breath: 0.01,
    gain: 0.2,
  },
  choir: {
    ...plain,
    bright: [1, 0.6, 0.5, 0.3, 0.12, 0.06, 0.05, 0.04],
    dark: [1, 0.5, 0.4, 0.2, 0.05],
    mellows: Infinity,
    attack: 0.35,
    decay: 1,
    sustain: 0.95,
    release: 0.6,
    detune: 12,
    vibrato: 12,
    breath: 0.02,
    gain: 0.17,
  },
  chip: {
    ...plain,
    bright: odd(24, 1),
    dark: odd(24, 1),
    mellows: Infinity,
    attack: 0.002,
    decay: 0.3,
    sustain: 0.6,
    release: 0.02,
    gain: 0.2,
  },
  bass: {
    ...plain,
    bright: saw(10, 1.1),
    dark: saw(5, 1.6),
    mellows: 0.15,
    attack: 0.004,
    decay: 0.7,
    sustain: 0.5,
    release: 0.06,
    gain: 0.5,
  },
  upright: {
    ...plain,
    bright: [1, 0.7, 0.4, 0.2, 0.12, 0.06],
    dark: [1, 0.35, 0.08],
    mellows: 0.12,
    attack: 0.006,
    decay: 0.7,
    sustain: 0.1,
    release: 0.1,
    gain: 0.6,
  },
  sub: {
    ...plain,
    bright: [1, 0.25, 0.1],
    dark: [1, 0.08],
    mellows: 0.2,
    attack: 0.01,
    decay: 1.5,
    sustain: 0.7,
    release: 0.12,
    gain: 0.6,
  },
};
