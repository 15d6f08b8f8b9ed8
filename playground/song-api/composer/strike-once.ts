import type { Drum, Score } from './score.ts';
import type { SongPlan } from './song-plan.ts';
import type { TimeGrid } from './time-grid.ts';
import { degreeToMidi } from './modes.ts';

const drums: readonly { words: RegExp; drum: Drum }[] = [
  { words: /kick|boom|thud|bass ?drum/, drum: 'kick' },
  { words: /snare|gun|shot/, drum: 'snare' },
  { words: /clap|snap/, drum: 'clap' },
  { words: /hi-?hat|tick|click/, drum: 'hat' },
  { words: /tom|knock|door/, drum: 'tom' },
  { words: /crash|cymbal|explo|thunder/, drum: 'crash' },
  { words: /rim|wood/, drum: 'rim' },
  { words: /shaker|rattle|snake/, drum: 'shaker' },
];

/** A sound that happens once: the drum that its words name, or else a chord of the instrument. */
export function strikeOnce(plan: SongPlan, grid: TimeGrid): Score {
  const score: Score = {
    drums: [],
    bass: [],
    chords: [],
    pad: [],
    lead: [],
    backing: [],
    vocals: [],
    words: [],
  };
  const at = grid.at(0, 0);
  const named = drums.find(({ words }) => words.test(plan.request.words.toLowerCase()));
  if (named !== undefined) return { ...score, drums: [{ at, drum: named.drum, velocity: 1 }] };
  const chord = [0, 2, 4].map((degree) => degreeToMidi(plan.tonic + 24, plan.mode, degree));
  return { ...score, chords: chord.map((midi) => ({ at, seconds: 1, midi, velocity: 0.9 })) };
}
