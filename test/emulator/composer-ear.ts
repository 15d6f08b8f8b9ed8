import { sampleRate, type Stereo } from '../../playground/song-api/composer/stereo.ts';

/** Largest sample of either side. */
export function peakOf({ left, right }: Stereo): number {
  let peak = 0;
  for (let index = 0; index < left.length; index += 1)
    peak = Math.max(peak, Math.abs(left[index]!), Math.abs(right[index]!));
  return peak;
}

export function rmsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

/** Where the middle of the sound's spectrum lies, in Hz: higher is brighter. */
export function spectralCentroid(samples: Float32Array): number {
  const size = 1024;
  let weighted = 0;
  let total = 0;
  for (let frame = 0; frame < 8; frame += 1) {
    const from = Math.floor(((samples.length - size) * (frame + 0.5)) / 8);
    for (let bin = 1; bin < size / 2; bin += 2) {
      let real = 0;
      let imaginary = 0;
      for (let index = 0; index < size; index += 1) {
        const windowed = samples[from + index]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size));
        real += windowed * Math.cos((2 * Math.PI * bin * index) / size);
        imaginary += windowed * Math.sin((2 * Math.PI * bin * index) / size);
      }
      const loudness = Math.hypot(real, imaginary);
      weighted += (loudness * bin * sampleRate) / size;
      total += loudness;
    }
  }
  return weighted / total;
}

/** How suddenly the sound grows, a hundred times a second. */
function onsets(samples: Float32Array): Float32Array {
  const hop = sampleRate / 100;
  const loud = Float32Array.from({ length: Math.floor(samples.length / hop) }, (_, frame) =>
    Math.log(1e-4 + rmsOf(samples.subarray(frame * hop, (frame + 1) * hop))),
  );
  return loud.map((value, frame) => Math.max(0, value - (loud[frame - 1] ?? value)));
}

/** Beats a minute between 60 and 180, by the beat that the sound resembles itself after. */
export function estimateBpm(samples: Float32Array): number {
  const strength = onsets(samples);
  const likeness = (lag: number): number => {
    let sum = 0;
    for (let frame = 0; frame + lag + 1 < strength.length; frame += 1) {
      const whole = Math.floor(lag);
      const later =
        strength[frame + whole]! * (1 - lag + whole) + strength[frame + whole + 1]! * (lag - whole);
      sum += strength[frame]! * later;
    }
    return sum;
  };
  let best = { bpm: 0, score: 0 };
  for (let bpm = 60; bpm <= 180; bpm += 0.5) {
    const beat = 6000 / bpm;
    // A beat is one that also holds over two and four.
    const score = likeness(beat) + likeness(beat * 2) + likeness(beat * 4);
    if (score > best.score) best = { bpm, score };
  }
  return best.bpm;
}

/** How much of each of the twelve notes is in the sound, from C to B, the loudest being 1. */
export function notesOf(samples: Float32Array): number[] {
  const notes = Array.from({ length: 12 }, () => 0);
  const step = 4;
  for (let midi = 48; midi < 84; midi += 1) {
    const turn = (2 * Math.PI * step * 440 * 2 ** ((midi - 69) / 12)) / sampleRate;
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < samples.length; index += step) {
      const windowed = samples[index]! * Math.sin((Math.PI * index) / samples.length);
      real += windowed * Math.cos((turn * index) / step);
      imaginary += windowed * Math.sin((turn * index) / step);
    }
    notes[midi % 12] = notes[midi % 12]! + Math.hypot(real, imaginary);
  }
  const loudest = Math.max(...notes, 1e-9);
  return notes.map((note) => note / loudest);
}

/** 1 for the same profile, 0 for nothing in common. */
export function likeness(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * b[index]!, 0);
  return dot / Math.max(1e-9, Math.hypot(...a) * Math.hypot(...b));
}

/** The largest leap from one sample to the next: a click is one. */
export function largestLeap(samples: Float32Array): number {
  let leap = 0;
  for (let index = 1; index < samples.length; index += 1)
    leap = Math.max(leap, Math.abs(samples[index]! - samples[index - 1]!));
  return leap;
}
