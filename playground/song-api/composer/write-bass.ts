import type { SeededRandom } from '../seeded-random.ts';
import { degreeToMidi } from './modes.ts';
import type { Note } from './score.ts';
import type { SongPlan } from './song-plan.ts';
import type { TimeGrid } from './time-grid.ts';

export function writeBass(plan: SongPlan, grid: TimeGrid, random: SeededRandom): Note[] {
  if (plan.bass === 'none') return [];
  const notes: Note[] = [];
  // Between E1 and D#2, where a bass has its body.
  const low = (degree: number): number => {
    const midi = degreeToMidi(plan.tonic, plan.mode, degree);
    return midi - 12 * Math.floor((midi - 28) / 12);
  };
  const play = (bar: number, beat: number, beats: number, midi: number, velocity: number): void => {
    const at = grid.at(bar, beat);
    notes.push({ at, seconds: grid.at(bar, beat + beats) - at, midi, velocity });
  };

  for (let bar = 0; bar < plan.bars; bar += 1) {
    if (grid.sectionOf(bar)?.name === 'intro' && plan.bass !== 'drone') continue;
    const chord = plan.chords[bar]!;
    const root = low(chord);
    const fifth = low(chord + 4);
    const loud = 0.6 + 0.25 * grid.fullness(bar);
    const beats = plan.beatsPerBar;
    switch (plan.bass) {
      case 'drone':
        play(bar, 0, beats, root, loud * 0.8);
        break;
      case 'roots':
        if (beats === 3) play(bar, 0, 1.5, bar % 2 === 0 ? root : fifth, loud);
        else {
          play(bar, 0, 1.5, root, loud);
          play(bar, 2, 1.8, random.chance(0.3) ? fifth : root, loud * 0.9);
        }
        break;
      case 'eighths':
        for (let half = 0; half < beats * 2; half += 1)
          play(
            bar,
            half / 2,
            0.45,
            half === beats * 2 - 1 && random.chance(0.4) ? fifth : root,
            loud * (half % 2 === 0 ? 1 : 0.8),
          );
        break;
      case 'offbeat':
        for (let beat = 0; beat < beats; beat += 1)
          play(bar, beat + 0.5, 0.42, random.chance(0.15) ? root + 12 : root, loud);
        break;
      case 'sixteenths':
        for (let step = 0; step < beats * 4; step += 1)
          if (step % 4 !== 0) play(bar, step / 4, 0.22, root, loud * 0.85);
        break;
      case 'walking': {
        const next = low(plan.chords[bar + 1] ?? 0);
        const steps = [root, low(chord + 2), fifth, next + (random.chance(0.5) ? 1 : -1)];
        for (let beat = 0; beat < beats; beat += 1) play(bar, beat, 0.92, steps[beat % steps.length]!, loud);
        break;
      }
    }
  }
  if (plan.ends) notes.push({ at: grid.endOfBars, seconds: 2.5, midi: low(0), velocity: 0.65 });
  return notes;
}
