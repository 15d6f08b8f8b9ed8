import type { SeededRandom } from '../seeded-random.ts';
import { degreeToMidi } from './modes.ts';
import type { Note } from './score.ts';
import type { SongPlan } from './song-plan.ts';
import type { TimeGrid } from './time-grid.ts';

export function writeChords(
  plan: SongPlan,
  grid: TimeGrid,
  random: SeededRandom,
): { chords: Note[]; pad: Note[] } {
  const chords: Note[] = [];
  const pad: Note[] = [];
  const beats = plan.beatsPerBar;
  let voices = voicing(plan, plan.chords[0]!, undefined);

  /** All voices at once, strummed from below in `spread` seconds. */
  const strike = (bar: number, beat: number, length: number, velocity: number, spread = 0.012): void => {
    const at = grid.at(bar, beat);
    const seconds = grid.at(bar, beat + length) - at;
    for (const [index, midi] of voices.entries())
      chords.push({ at: at + index * spread, seconds, midi, velocity: velocity * random.between(0.88, 1) });
  };

  for (let bar = 0; bar <= plan.bars; bar += 1) {
    voices = voicing(plan, plan.chords[bar]!, voices);
    const loud = 0.45 + 0.3 * grid.fullness(bar);
    if (bar === plan.bars) {
      if (plan.ends) strike(bar, 0, 2.5 / grid.secondsPerBeat, loud, 0.035);
      break;
    }
    if (plan.padSound !== null && (grid.fullness(bar) > 0.7 || plan.energy < 0.3)) {
      const at = grid.at(bar, 0);
      const seconds = grid.at(bar + 1, 0) - at;
      for (const midi of voices) pad.push({ at, seconds, midi, velocity: 0.4 });
    }
    switch (grid.sectionOf(bar)?.name === 'intro' && plan.comp !== 'waltz' ? 'arpeggio' : plan.comp) {
      case 'held':
        strike(bar, 0, beats * 0.97, loud, 0.02);
        break;
      case 'strums':
        for (const [beat, length, weight] of [
          [0, 1.4, 1],
          [1.5, 0.5, 0.7],
          [2, 0.9, 0.85],
          [3, 0.45, 0.7],
          [3.5, 0.45, 0.75],
        ] as const)
          if (beat < beats) strike(bar, beat, length, loud * weight, 0.014);
        break;
      case 'stabs':
        for (const beat of [0.5, 1.75, 2.5, 3.25]) if (beat < beats) strike(bar, beat, 0.22, loud, 0);
        break;
      case 'shells':
        strike(bar, random.chance(0.5) ? 0 : 0.5, 0.8, loud * 0.9);
        strike(bar, random.chance(0.5) ? 1.5 : 2.5, 0.4, loud * 0.8);
        break;
      case 'waltz':
        for (const beat of [1, 2]) strike(bar, beat, 0.6, loud * 0.85);
        break;
      case 'arpeggio': {
        const up = [0, 1, 2, 3, 2, 1];
        for (let half = 0; half < beats * 2; half += 1) {
          const step = up[half % up.length]!;
          const midi = voices[step % voices.length]! + (step >= voices.length ? 12 : 0);
          const at = grid.at(bar, half / 2);
          const seconds = grid.at(bar, half / 2 + 1.2) - at;
          chords.push({
            at,
            seconds,
            midi,
            velocity: loud * (half === 0 ? 1.1 : random.between(0.75, 0.95)),
          });
        }
        break;
      }
    }
  }
  return { chords, pad };
}

/** The chord's notes in the inversion that moves least from the one before, around middle C. */
function voicing(plan: SongPlan, chord: number, before: readonly number[] | undefined): number[] {
  const degrees = plan.sevenths ? [0, 2, 4, 6] : [0, 2, 4];
  const centre = before === undefined ? 60 : before.reduce((sum, midi) => sum + midi, 0) / before.length;
  // A drift of the centre is pulled back, or a long song would climb out of the piano.
  const target = centre * 0.6 + 60 * 0.4;
  return degrees
    .map((degree) => {
      const midi = degreeToMidi(plan.tonic, plan.mode, chord + degree);
      return midi + 12 * Math.round((target - midi) / 12);
    })
    .sort((a, b) => a - b);
}
