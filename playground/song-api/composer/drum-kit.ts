import { SeededRandom } from '../seeded-random.ts';
import type { Drum } from './score.ts';
import { sampleRate } from './stereo.ts';

interface Recipe {
  seconds: number;
  /** One sample: time in seconds and white noise between -1 and 1. */
  sound: (time: number, noise: number) => number;
  /** Keeps only what is above this frequency of the noise. */
  noiseBand: number;
  gain: number;
  place: number;
}

const fall = (time: number, seconds: number): number => Math.exp(-time / seconds);
const sine = (turns: number): number => Math.sin(2 * Math.PI * turns);
/** Turns of a tone that drops from `high` to `low` Hz. */
const drop = (time: number, high: number, low: number, speed: number): number =>
  low * time + ((high - low) / speed) * (1 - Math.exp(-time * speed));

const recipes: Record<Drum, Recipe> = {
  kick: {
    seconds: 0.4,
    noiseBand: 3000,
    gain: 0.95,
    place: 0,
    sound: (t, n) => sine(drop(t, 160, 48, 32)) * fall(t, 0.13) + n * 0.25 * fall(t, 0.004),
  },
  snare: {
    seconds: 0.3,
    noiseBand: 1400,
    gain: 0.6,
    place: 0.05,
    sound: (t, n) => n * 0.75 * fall(t, 0.075) + sine(drop(t, 240, 180, 40)) * 0.5 * fall(t, 0.06),
  },
  hat: { seconds: 0.09, noiseBand: 7500, gain: 0.36, place: 0.3, sound: (t, n) => n * fall(t, 0.018) },
  openHat: { seconds: 0.35, noiseBand: 7000, gain: 0.3, place: 0.3, sound: (t, n) => n * fall(t, 0.09) },
  clap: {
    seconds: 0.3,
    noiseBand: 1300,
    gain: 0.6,
    place: -0.05,
    sound: (t, n) =>
      n *
      (fall(t, 0.006) +
        fall(Math.abs(t - 0.012), 0.005) +
        fall(Math.max(0, t - 0.024), 0.06) * (t > 0.02 ? 1 : 0)) *
      0.7,
  },
  ride: {
    seconds: 0.7,
    noiseBand: 6000,
    gain: 0.22,
    place: -0.35,
    sound: (t, n) =>
      n * 0.5 * fall(t, 0.12) + (sine(3170 * t) + sine(4620 * t) + sine(5890 * t)) * 0.12 * fall(t, 0.22),
  },
  brush: {
    seconds: 0.25,
    noiseBand: 2500,
    gain: 0.3,
    place: 0.1,
    sound: (t, n) => n * Math.min(1, t * 60) * fall(t, 0.06),
  },
  rim: {
    seconds: 0.09,
    noiseBand: 2000,
    gain: 0.42,
    place: 0.15,
    sound: (t, n) => sine(1750 * t) * 0.7 * fall(t, 0.012) + n * 0.4 * fall(t, 0.008),
  },
  shaker: {
    seconds: 0.1,
    noiseBand: 5500,
    gain: 0.2,
    place: -0.4,
    sound: (t, n) => n * Math.min(1, t * 70) * fall(t, 0.025),
  },
  tom: {
    seconds: 0.5,
    noiseBand: 800,
    gain: 0.75,
    place: -0.15,
    sound: (t, n) => sine(drop(t, 150, 88, 14)) * fall(t, 0.16) + n * 0.08 * fall(t, 0.02),
  },
  crash: { seconds: 1.6, noiseBand: 4500, gain: 0.3, place: -0.3, sound: (t, n) => n * fall(t, 0.4) },
};

export interface DrumSound {
  samples: Float32Array;
  place: number;
}

const kit = new Map<Drum, DrumSound>();

/** A drum, recorded once: the same stroke each time, as a machine would. */
export function drumSound(drum: Drum): DrumSound {
  const known = kit.get(drum);
  if (known !== undefined) return known;
  const recipe = recipes[drum];
  const random = new SeededRandom(drum);
  const samples = new Float32Array(Math.round(recipe.seconds * sampleRate));
  const smoothing = Math.exp((-2 * Math.PI * recipe.noiseBand) / sampleRate);
  let low = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const white = random.next() * 2 - 1;
    low = white * (1 - smoothing) + low * smoothing;
    const time = index / sampleRate;
    // The last 5 ms run out to nothing, the first half millisecond comes from nothing: no clicks.
    const edge = Math.min(1, index / 22, (samples.length - 1 - index) / 220);
    samples[index] = recipe.sound(time, white - low) * recipe.gain * edge;
  }
  const sound = { samples, place: recipe.place };
  kit.set(drum, sound);
  return sound;
}
