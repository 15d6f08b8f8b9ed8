import { SeededRandom } from '../seeded-random.ts';
import { drumSound } from './drum-kit.ts';
import type { DrumStyle, Sound } from './character.ts';
import { playNote } from './play-note.ts';
import { reverb } from './reverb.ts';
import { partNames, type Note, type PartName, type Score } from './score.ts';
import { singNote } from './sing-note.ts';
import type { SongPlan } from './song-plan.ts';
import { addTo, panned, sampleRate, silence, type Stereo } from './stereo.ts';
import { leadInSeconds } from './time-grid.ts';
import { tones } from './tones.ts';
import { microphoneOf, type TrackName } from './tracks.ts';
import { writeScore } from './write-score.ts';

export interface Recording {
  /** The tracks with their share of the room; they add up to the mix. Empty unless asked for. */
  tracks: Map<TrackName, Stereo>;
  /** The mix before the limiter. */
  mix: Stereo;
}

/** How loud each part is while it plays (root mean square), how much of it goes into the room, and where it stands. */
const desk: Record<PartName, { level: number; send: number; place: number }> = {
  drums: { level: 0.095, send: 0.06, place: 0 },
  bass: { level: 0.07, send: 0.02, place: 0 },
  chords: { level: 0.055, send: 0.25, place: -0.2 },
  pad: { level: 0.028, send: 0.45, place: 0.1 },
  lead: { level: 0.06, send: 0.3, place: 0.2 },
  backing: { level: 0.04, send: 0.4, place: 0.35 },
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

/** Seconds for which the last notes of a loop may ring. */
const loopTail = 2;

/** Loudness that a song is brought to, as the root mean square over its length. */
const targetRms = 0.16;

/** Plays and mixes a song. The same plan gives the same samples. */
export function recordSong(plan: SongPlan, options: { tracks?: boolean } = {}): Recording {
  const score = writeScore(plan);
  const isLoop = plan.request.sound?.form === 'loop';
  const length = Math.round(plan.seconds * sampleRate);
  const samples = isLoop ? length + Math.round((leadInSeconds + loopTail) * sampleRate) : length;
  const mix = silence(samples);
  const room = silence(samples);
  const tracks = new Map<TrackName, Stereo>();
  for (const part of partNames) {
    if (score[part].length === 0) continue;
    const { send } = desk[part];
    const level = part === 'drums' ? drumLevels[plan.drums] || desk.drums.level : desk[part].level;
    const played = performPart(part, plan, score, samples);
    const together = sumOf([...played.values()]);
    const gain = level / Math.max(1e-6, rmsWhilePlaying(together));
    const ducks = plan.ducks && part !== 'drums';
    if (ducks) duck(together, score);
    addTo(mix, together, gain);
    addTo(room, together, gain * send);
    if (options.tracks !== true) continue;
    for (const [name, track] of played) {
      if (ducks && track !== together) duck(track, score);
      const stem = silence(samples);
      addTo(stem, track, gain);
      addTo(stem, reverb(stem, plan.space), send * roomShare(plan));
      tracks.set(name, stem);
    }
  }
  addTo(mix, reverb(room, plan.space), roomShare(plan));
  const polish = plan.request.polish ?? 0;
  if (polish > 0) for (const track of [mix, ...tracks.values()]) lift(track, polish);
  const loudness = (targetRms / Math.max(1e-6, rms(mix))) * (0.75 + plan.energy * 0.25);
  if (!isLoop) {
    for (const track of [mix, ...tracks.values()]) finish(track, loudness);
    return { tracks, mix };
  }
  const loop = (track: Stereo): Stereo => loopOf(track, length, loudness);
  return { tracks: new Map([...tracks].map(([name, track]) => [name, loop(track)])), mix: loop(mix) };
}

/** Lifts what is above 2.5 kHz. Linear, so that lifted tracks add up to the lifted mix. */
function lift({ left, right }: Stereo, polish: number): void {
  const smoothing = Math.exp((-2 * Math.PI * 2_500) / sampleRate);
  for (const side of [left, right]) {
    let low = 0;
    for (let index = 0; index < side.length; index += 1) {
      const sample = side[index]!;
      low = sample * (1 - smoothing) + low * smoothing;
      side[index] = sample + (sample - low) * polish * 1.8;
    }
  }
}

/** The bars alone; what rings on after them rings on at their beginning, so that there is no seam. */
function loopOf(track: Stereo, length: number, gain: number): Stereo {
  const start = Math.round(leadInSeconds * sampleRate);
  const side = (samples: Float32Array): Float32Array<ArrayBuffer> => {
    const loop = samples.slice(start, start + length);
    for (let index = 0; index < length; index += 1)
      loop[index] = gain * (loop[index]! + (samples[start + length + index] ?? 0));
    return loop;
  };
  return { left: side(track.left), right: side(track.right) };
}

function sumOf(tracks: readonly Stereo[]): Stereo {
  const [only, ...others] = tracks;
  if (only === undefined) throw new RangeError('nothing to sum up');
  if (others.length === 0) return only;
  const sum = { left: only.left.slice(), right: only.right.slice() };
  for (const other of others) addTo(sum, other);
  return sum;
}

function roomShare(plan: SongPlan): number {
  return 0.4 + plan.space * 0.9;
}

/** A part's tracks: one, but for the drums. */
function performPart(part: PartName, plan: SongPlan, score: Score, samples: number): Map<TrackName, Stereo> {
  const random = new SeededRandom(`${plan.seeds.band}/${part}/hands`);
  if (part === 'drums') return performDrums(score, samples);
  const track = silence(samples);
  const tracks = new Map<TrackName, Stereo>([[part, track]]);
  if (part === 'vocals' || part === 'backing') {
    const mouth = plan.voice === 'low' ? 0.9 : 1.12;
    const { place } = desk[part];
    for (const note of score[part])
      if (note.at * sampleRate < samples) singNote(track, note, { mouth, place }, random);
    return tracks;
  }
  const sounds: Record<typeof part, Sound | null> = {
    bass: plan.bassSound,
    chords: plan.chordSound,
    pad: plan.padSound,
    lead: plan.leadSound,
  };
  const sound = sounds[part];
  if (sound === null) return tracks;
  for (const note of score[part]) {
    // Nobody plays like clockwork, except machines.
    const late = plan.drums === 'four' ? 0 : random.between(0, 0.009);
    const played: Note = { ...note, at: note.at + late };
    if (played.at * sampleRate < samples)
      playNote(track, played, tones[sound], plan.brightness, desk[part].place, random);
  }
  return tracks;
}

function performDrums(score: Score, samples: number): Map<TrackName, Stereo> {
  const tracks = new Map<TrackName, Stereo>();
  for (const hit of score.drums) {
    const name = microphoneOf(hit.drum);
    const track = tracks.get(name) ?? silence(samples);
    tracks.set(name, track);
    const { samples: sound, place } = drumSound(hit.drum);
    const start = Math.round(hit.at * sampleRate);
    const [left, right] = panned(place);
    const length = Math.min(sound.length, samples - start);
    for (let index = 0; index < length; index += 1) {
      track.left[start + index] = track.left[start + index]! + sound[index]! * hit.velocity * left;
      track.right[start + index] = track.right[start + index]! + sound[index]! * hit.velocity * right;
    }
  }
  return tracks;
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
