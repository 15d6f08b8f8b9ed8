import type { SeededRandom } from '../seeded-random.ts';
import type { SungNote } from './score.ts';
import { panned, sampleRate, type Stereo } from './stereo.ts';
import type { Vowel } from './syllables.ts';
import { tableSize, wavetable } from './wavetable.ts';

/** The first three resonances of the mouth in Hz, and how loud each is. */
const formants: Record<Vowel, readonly [frequency: number, gain: number][]> = {
  a: [
    [780, 1],
    [1250, 0.9],
    [2700, 0.5],
  ],
  e: [
    [470, 1],
    [1950, 0.9],
    [2600, 0.6],
  ],
  i: [
    [310, 0.8],
    [2300, 0.9],
    [3000, 0.6],
  ],
  o: [
    [480, 1],
    [860, 0.9],
    [2550, 0.3],
  ],
  u: [
    [340, 1],
    [700, 0.7],
    [2400, 0.2],
  ],
};

/** What the vocal cords give: every harmonic, softer the higher. */
const cords = Array.from({ length: 40 }, (_, index) => 1 / (index + 1) ** 0.6);

/** A resonance: two poles, retuned as the mouth moves. */
class Resonance {
  #a1 = 0;
  #a2 = 0;
  #gain = 0;
  #y1 = 0;
  #y2 = 0;

  tune(frequency: number, gain: number): void {
    const radius = Math.exp((-Math.PI * (80 + frequency * 0.05)) / sampleRate);
    const angle = (2 * Math.PI * frequency) / sampleRate;
    this.#a1 = 2 * radius * Math.cos(angle);
    this.#a2 = -radius * radius;
    // Two poles lift their frequency by about 1 / ((1 - r) 2 sin w).
    this.#gain = gain * (1 - radius) * 2 * Math.sin(angle);
  }

  next(input: number): number {
    const output = input * this.#gain + this.#a1 * this.#y1 + this.#a2 * this.#y2;
    this.#y2 = this.#y1;
    this.#y1 = output;
    return output;
  }
}

const block = 64;

/**
 * Sings one syllable: a consonant's noise, then the vowel, with a vibrato that grows and a mouth that closes. A small
 * mouth (above 1) has high resonances, as a woman's.
 */
export function singNote(
  track: Stereo,
  note: SungNote,
  singer: { mouth: number; place: number },
  random: SeededRandom,
): void {
  const frequency = 440 * 2 ** ((note.midi - 69) / 12);
  const table = wavetable(cords, frequency);
  const start = Math.round(note.at * sampleRate);
  const release = 0.06;
  const samples = Math.min(Math.ceil((note.seconds + release) * sampleRate), track.left.length - start);
  const resonances = [new Resonance(), new Resonance(), new Resonance()];
  const [leftGain, rightGain] = panned(singer.place);
  const onsetSeconds = note.onset === 'hiss' ? 0.07 : note.onset === 'stop' ? 0.025 : 0.015;
  let phase = random.next() * tableSize;
  let level = 0;
  let last = 0;
  for (let from = 0; from < samples; from += block) {
    const to = Math.min(from + block, samples);
    const time = to / sampleRate;
    // Humming lips open late; every mouth closes a little towards the end.
    const open = note.onset === 'hum' ? Math.min(1, 0.25 + time * 9) : 1;
    for (const [index, [centre, gain]] of formants[note.vowel].entries())
      resonances[index]!.tune(
        singer.mouth * (index === 0 ? centre * (0.75 + 0.25 * open) : centre),
        gain * (index === 0 ? 1 : open),
      );
    const rise = Math.min(1, Math.max(0, (time - onsetSeconds * 0.6) / 0.035));
    const ending = Math.min(1, Math.max(0, (note.seconds + release - time) / (release + 0.03)));
    const nextLevel = rise * ending * note.velocity * (1 - 0.25 * Math.min(1, time / 1.5));
    const slope = (nextLevel - level) / (to - from);
    const scoop = -60 * Math.exp(-time / 0.035);
    const vibrato = Math.min(22, Math.max(0, (time - 0.2) * 60)) * Math.sin(2 * Math.PI * 5.5 * time);
    const increment = (frequency * 2 ** ((scoop + vibrato) / 1200) * tableSize) / sampleRate;
    const hissing =
      time < onsetSeconds ? (note.onset === 'hiss' ? 0.1 : note.onset === 'stop' ? 0.16 : 0) : 0;
    for (let index = from; index < to; index += 1) {
      const whole = phase | 0;
      const source = table[whole]! + (table[whole + 1]! - table[whole]!) * (phase - whole);
      level += slope;
      const excited = (source + (random.next() - 0.5) * 0.06) * level;
      let sample = resonances[0]!.next(excited) + resonances[1]!.next(excited) + resonances[2]!.next(excited);
      if (hissing > 0) {
        const white = (random.next() - 0.5) * hissing * note.velocity;
        sample += (white - last) * Math.min(1, index / 200);
        last = white;
      }
      const at = start + index;
      track.left[at] = track.left[at]! + sample * leftGain;
      track.right[at] = track.right[at]! + sample * rightGain;
      phase += increment;
      if (phase >= tableSize) phase -= tableSize;
    }
    level = nextLevel;
  }
}
