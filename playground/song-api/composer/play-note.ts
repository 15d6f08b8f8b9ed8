import type { SeededRandom } from '../seeded-random.ts';
import type { Note } from './score.ts';
import { panned, sampleRate, type Stereo } from './stereo.ts';
import type { Tone } from './tones.ts';
import { tableSize, wavetable } from './wavetable.ts';

/** Envelopes and vibrato are worked out once in so many samples (0.7 ms) and drawn straight between. */
const block = 32;

/** Adds one note to a track. `brightness` 0 to 1 says how much of the tone's bright wave is let through. */
export function playNote(
  track: Stereo,
  note: Note,
  tone: Tone,
  brightness: number,
  place: number,
  random: SeededRandom,
): void {
  if (tone.detune === 0) return playVoice(track, note, tone, brightness, place, 0, 1, random);
  for (const side of [-1, 1])
    playVoice(track, note, tone, brightness, place + side * 0.35, side * tone.detune, Math.SQRT1_2, random);
}

function playVoice(
  track: Stereo,
  note: Note,
  tone: Tone,
  brightness: number,
  place: number,
  cents: number,
  gain: number,
  random: SeededRandom,
): void {
  const frequency = 440 * 2 ** ((note.midi - 69 + cents / 100) / 12);
  const bright = wavetable(tone.bright, frequency);
  const dark = wavetable(tone.dark, frequency);
  const start = Math.round(note.at * sampleRate);
  const held = Math.max(note.seconds, tone.attack);
  const samples = Math.min(Math.ceil((held + tone.release) * sampleRate), track.left.length - start);
  const [leftGain, rightGain] = panned(Math.max(-1, Math.min(1, place)));
  const loudness = note.velocity * tone.gain * gain;
  // Struck softly, a note is dull as well as quiet.
  const brilliance = brightness * (0.4 + 0.6 * note.velocity) * 1.3;
  const shaped = tone.drive > 0 ? 1 / Math.tanh(tone.drive) : 0;

  let phase = random.next() * tableSize;
  const vibratoPhase = random.next() * 2 * Math.PI;
  let level = 0;
  let noise = 0;
  for (let from = 0; from < samples; from += block) {
    const to = Math.min(from + block, samples);
    const time = to / sampleRate;
    const nextLevel = envelope(time, held, tone) * loudness;
    const slope = (nextLevel - level) / (to - from);
    const mix = Math.min(1, brilliance * (tone.mellows === Infinity ? 0.7 : Math.exp(-time / tone.mellows)));
    const depth = tone.vibrato * Math.min(1, Math.max(0, (time - 0.25) * 3));
    const bend = depth === 0 ? 1 : 2 ** ((depth * Math.sin(2 * Math.PI * 5.2 * time + vibratoPhase)) / 1200);
    const increment = (frequency * bend * tableSize) / sampleRate;
    for (let index = from; index < to; index += 1) {
      const whole = phase | 0;
      const part = phase - whole;
      const a = bright[whole]! + (bright[whole + 1]! - bright[whole]!) * part;
      const b = dark[whole]! + (dark[whole + 1]! - dark[whole]!) * part;
      let sample = b + (a - b) * mix;
      if (shaped > 0) sample = Math.tanh(sample * tone.drive) * shaped * 0.7;
      if (tone.breath > 0) {
        noise = noise * 0.7 + (random.next() - 0.5) * 0.6;
        sample += noise * tone.breath * 8;
      }
      level += slope;
      const at = start + index;
      track.left[at] = track.left[at]! + sample * level * leftGain;
      track.right[at] = track.right[at]! + sample * level * rightGain;
      phase += increment;
      if (phase >= tableSize) phase -= tableSize;
    }
    level = nextLevel;
  }
}

/** Rises straight, falls towards `sustain` by an exponential, and ends in a smooth curve at exactly nothing. */
function envelope(time: number, held: number, tone: Tone): number {
  const at = Math.min(time, held);
  const open =
    at < tone.attack
      ? at / tone.attack
      : tone.sustain + (1 - tone.sustain) * Math.exp(-(at - tone.attack) / tone.decay);
  if (time <= held) return open;
  const left = Math.max(0, 1 - (time - held) / tone.release);
  return open * left * left;
}
