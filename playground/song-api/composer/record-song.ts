import { SeededRandom } from '../seeded-random.ts';
import { drumSound } from './drum-kit.ts';
import type { DrumStyle, Sound } from './character.ts';
import { limit } from './limit.ts';
import { playNote } from './play-note.ts';
import { reverb } from './reverb.ts';
import { partNames, type Note, type PartName, type Score } from './score.ts';
import { singNote } from './sing-note.ts';
import { planSong, type SongPlan } from './song-plan.ts';
import type { SongRequest } from './song-request.ts';
import { addTo, panned, sampleRate, silence, type Stereo } from './stereo.ts';
import { tones } from './tones.ts';
import { writeScore } from './write-score.ts';

export interface Recording {
  plan: SongPlan;
  score: Score;
  /** The tracks with their share of the room; they add up to the mix. Empty unless asked for. */
  stems: Map<PartName, Stereo>;
  /** The mix before the limiter. */
  mix: Stereo;
  /** The mix after it: what is sold. */
  master: Stereo;
}

/** How loud each part is while it plays (root mean square), how much of it goes into the room, and where it stands. */
const desk: Record<PartName, { level: number; send: number; place: number }> = {
  drums: { level: 0.095, send: 0.06, place: 0 },
  bass: { level: 0.07, send: 0.02, place: 0 },
  chords: { level: 0.055, send: 0.25, place: -0.2 },
  pad: { level: 0.028, send: 0.45, place: 0.1 },
  lead: { level: 0.06, send: 0.3, place: 0.2 },
  vocals: { level: 0.085, send: 0.28, place: 0 },
};

/** Sticks on a ride cymbal stand back in a mix where a kick and a snare stand in front. */
const drumLevels: Record<DrumStyle, number> = {
  none: 0,
  four: 0.095,
  rock: 0.095,
  breaks: 0.09,
  pop: 0.08,
  taiko: 0.085,
  lofi: 0.06,
  latin: 0.045,
  waltz: 0.04,
  brushes: 0.03,
  swing: 0.03,
};

/** Loudness that a song is brought to, as the root mean square over its length. */
const targetRms = 0.16;

/** Plays and mixes a song. The same request gives the same samples. */
export function recordSong(request: SongRequest, options: { stems?: boolean } = {}): Recording {
  const plan = planSong(request);
  const score = writeScore(plan);
  const samples = Math.round(request.seconds * sampleRate);
  const mix = silence(samples);
  const room = silence(samples);
  const stems = new Map<PartName, Stereo>();
  for (const part of partNames) {
    if (score[part].length === 0) continue;
    const { send } = desk[part];
    const level = part === 'drums' ? drumLevels[plan.drums] : desk[part].level;
    const track = performPart(part, plan, score, samples);
    const gain = level / Math.max(1e-6, rmsWhilePlaying(track));
    if (plan.ducks && part !== 'drums') duck(track, score);
    addTo(mix, track, gain);
    addTo(room, track, gain * send);
    if (options.stems !== true) continue;
    const stem = silence(samples);
    addTo(stem, track, gain);
    addTo(stem, reverb(stem, plan.space), send * roomShare(plan));
    stems.set(part, stem);
  }
  addTo(mix, reverb(room, plan.space), roomShare(plan));
  const loudness = targetRms / Math.max(1e-6, rms(mix));
  for (const track of [mix, ...stems.values()]) finish(track, loudness * (0.75 + plan.energy * 0.25));
  const master = { left: mix.left.slice(), right: mix.right.slice() };
  limit(master);
  return { plan, score, stems, mix, master };
}

function roomShare(plan: SongPlan): number {
  return 0.4 + plan.space * 0.9;
}

function performPart(part: PartName, plan: SongPlan, score: Score, samples: number): Stereo {
  const track = silence(samples);
  const random = new SeededRandom(`${plan.request.seed}/${part}/hands`);
  if (part === 'drums') {
    for (const hit of score.drums) {
      const { samples: sound, place } = drumSound(hit.drum);
      const start = Math.round(hit.at * sampleRate);
      const [left, right] = panned(place);
      const length = Math.min(sound.length, samples - start);
      for (let index = 0; index < length; index += 1) {
        track.left[start + index] = track.left[start + index]! + sound[index]! * hit.velocity * left;
        track.right[start + index] = track.right[start + index]! + sound[index]! * hit.velocity * right;
      }
    }
    return track;
  }
  if (part === 'vocals') {
    for (const note of score.vocals) if (note.at * sampleRate < samples) singNote(track, note, random);
    return track;
  }
  const sounds: Record<typeof part, Sound | null> = {
    bass: plan.bassSound,
    chords: plan.chordSound,
    pad: plan.padSound,
    lead: plan.leadSound,
  };
  const sound = sounds[part];
  if (sound === null) return track;
  for (const note of score[part]) {
    // Nobody plays like clockwork, except machines.
    const late = plan.drums === 'four' ? 0 : random.between(0, 0.009);
    const played: Note = { ...note, at: note.at + late };
    if (played.at * sampleRate < samples)
      playNote(track, played, tones[sound], plan.brightness, desk[part].place, random);
  }
  return track;
}

/** Gives way to every kick for a fifth of a second: the pumping of dance music. */
function duck(track: Stereo, score: Score): void {
  const length = Math.round(0.22 * sampleRate);
  for (const hit of score.drums) {
    if (hit.drum !== 'kick') continue;
    const start = Math.round(hit.at * sampleRate);
    for (let index = 0; index < length && start + index < track.left.length; index += 1) {
      const gain = 1 - 0.65 * Math.min(1, index / 100) * (1 - index / length) ** 2;
      track.left[start + index] = track.left[start + index]! * gain;
      track.right[start + index] = track.right[start + index]! * gain;
    }
  }
}

/** Loudness of the twentieths of a second in which there is anything to be heard. */
function rmsWhilePlaying({ left, right }: Stereo): number {
  const window = sampleRate / 20;
  let sum = 0;
  let heard = 0;
  for (let from = 0; from + window <= left.length; from += window) {
    let energy = 0;
    for (let index = from; index < from + window; index += 1)
      energy += left[index]! ** 2 + right[index]! ** 2;
    if (energy / (2 * window) < 1e-7) continue;
    sum += energy;
    heard += 2 * window;
  }
  return Math.sqrt(sum / Math.max(1, heard));
}

function rms({ left, right }: Stereo): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += left[index]! ** 2 + right[index]! ** 2;
  return Math.sqrt(sum / (2 * left.length));
}

/** Sets the level and fades the last moments out, to exactly nothing. */
function finish(track: Stereo, gain: number): void {
  const samples = track.left.length;
  const fade = Math.min(1.5 * sampleRate, samples * 0.15);
  for (let index = 0; index < samples; index += 1) {
    const left = Math.min(1, (samples - 1 - index) / fade);
    const level = gain * left * left * (3 - 2 * left) * Math.min(1, index / 200);
    track.left[index] = track.left[index]! * level;
    track.right[index] = track.right[index]! * level;
  }
}
