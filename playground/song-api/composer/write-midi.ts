import type { Sound } from './character.ts';
import type { PieceScore } from './piece-score.ts';
import { pitchedParts, type Drum, type Note, type PartName } from './score.ts';
import type { SongPlan } from './song-plan.ts';

/** Ticks of a quarter note. */
const resolution = 480;
const drumChannel = 9;

// General MIDI, programs from 0.
const programs: Record<Sound, number> = {
  piano: 0,
  epiano: 4,
  guitar: 24,
  drive: 30,
  strings: 48,
  synth: 81,
  saw: 81,
  flute: 73,
  organ: 16,
  bells: 14,
  brass: 61,
  choir: 52,
  chip: 80,
  bass: 33,
  upright: 32,
  sub: 38,
};
const drums: Record<Drum, number> = {
  kick: 36,
  snare: 38,
  hat: 42,
  openHat: 46,
  clap: 39,
  ride: 51,
  brush: 40,
  rim: 37,
  shaker: 70,
  tom: 45,
  crash: 49,
};

export interface MidiInstrument {
  name: string;
  /** Times in seconds. */
  notes: { pitch: number; start: number; end: number; velocity: number }[];
}

interface Event {
  tick: number;
  /** Offs come before ons of the same tick. */
  order: number;
  bytes: readonly number[];
}

/** The score as notes a part. */
export function midiInstruments({ score }: PieceScore): MidiInstrument[] {
  const wire = ({ at, seconds, midi, velocity }: Note): MidiInstrument['notes'][number] => ({
    pitch: midi,
    start: at,
    end: at + seconds,
    velocity: strength(velocity),
  });
  const kit = score.drums.map(({ at, drum, velocity }) =>
    wire({ at, seconds: 0.1, midi: drums[drum], velocity }),
  );
  return [
    { name: 'drums', notes: kit },
    ...pitchedParts.map((part) => ({ name: part, notes: score[part].map(wire) })),
  ].filter(({ notes }) => notes.length > 0);
}

/** A Standard MIDI File, format 1: tempo, key and words first, then a track for each part. */
export function writeMidi(piece: PieceScore, title: string): Buffer {
  const [{ plan }] = piece.plans;
  const tick = (seconds: number): number => Math.round((seconds * plan.bpm * resolution) / 60);
  const tracks = [conductor(piece, plan, title, tick)];
  for (const [index, { name, notes }] of midiInstruments(piece).entries()) {
    const channel = name === 'drums' ? drumChannel : index >= drumChannel ? index + 1 : index;
    const program = name === 'drums' ? 0 : programs[soundOf(plan, name as PartName)];
    const events: Event[] = [text(3, name), { tick: 0, order: 0, bytes: [0xc0 | channel, program] }];
    for (const { pitch, start, end, velocity } of notes) {
      const from = tick(start);
      events.push({ tick: from, order: 2, bytes: [0x90 | channel, pitch, velocity] });
      events.push({ tick: Math.max(from + 1, tick(end)), order: 1, bytes: [0x80 | channel, pitch, 0] });
    }
    tracks.push(chunk('MTrk', track(events)));
  }
  const head = [0, 1, tracks.length >> 8, tracks.length & 255, resolution >> 8, resolution & 255];
  return Buffer.concat([chunk('MThd', head), ...tracks]);
}

function conductor(
  { score, plans }: PieceScore,
  plan: SongPlan,
  title: string,
  tick: (seconds: number) => number,
): Buffer {
  const perBeat = Math.round(60_000_000 / plan.bpm);
  const tempo = [0xff, 0x51, 3, (perBeat >> 16) & 255, (perBeat >> 8) & 255, perBeat & 255];
  const metre = [0xff, 0x58, 4, plan.beatsPerBar, 2, 24, 8];
  const events: Event[] = [
    text(3, title),
    { tick: 0, order: 0, bytes: tempo },
    { tick: 0, order: 0, bytes: metre },
    ...plans.slice(1).map(({ from }) => text(6, 'joined here', tick(from))),
    ...score.words.map(({ word, start }) => text(5, `${word} `, tick(start))),
  ];
  return chunk('MTrk', track(events));
}

function soundOf(plan: SongPlan, part: PartName): Sound {
  if (part === 'bass') return plan.bassSound;
  if (part === 'chords') return plan.chordSound;
  if (part === 'pad') return plan.padSound ?? 'synth';
  return part === 'lead' ? plan.leadSound : 'choir';
}

function strength(velocity: number): number {
  return Math.min(127, Math.max(1, Math.round(velocity * 110)));
}

/** A meta event of text: 3 names a track, 5 is a lyric, 6 a marker. */
function text(kind: number, words: string, tick = 0): Event {
  const bytes = Buffer.from(words);
  return { tick, order: 0, bytes: [0xff, kind, ...variable(bytes.length), ...bytes] };
}

function track(events: readonly Event[]): number[] {
  const sorted = events.toSorted((a, b) => a.tick - b.tick || a.order - b.order);
  const bytes: number[] = [];
  let now = 0;
  for (const event of sorted) {
    bytes.push(...variable(event.tick - now), ...event.bytes);
    now = event.tick;
  }
  return [...bytes, 0, 0xff, 0x2f, 0];
}

/** Seven bits a byte, the highest first, all but the last marked. */
function variable(value: number): number[] {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}

function chunk(name: string, payload: readonly number[]): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(payload.length, 4);
  return Buffer.concat([head, Buffer.from(payload)]);
}
