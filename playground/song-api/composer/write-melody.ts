import type { SeededRandom } from '../seeded-random.ts';
import type { Note } from './score.ts';
import type { SectionName } from './song-form.ts';
import type { SongPlan } from './song-plan.ts';
import type { TimeGrid } from './time-grid.ts';
import { newContour, TuneWalker } from './tune-shape.ts';

/** The instrument's tune: two bars of rhythm and contour for verses, two for choruses, varied where they return. */
export function writeMelody(plan: SongPlan, grid: TimeGrid, random: SeededRandom): Note[] {
  const beats = plan.beatsPerBar;
  const motifs: Record<SectionName, { onsets: number[]; contour: number[]; centre: number }> = {
    intro: motif(0.35, 67),
    verse: motif(0.5, 69),
    chorus: motif(0.7, 74),
    outro: motif(0.3, 67),
  };
  const notes: Note[] = [];
  for (const section of plan.sections) {
    const { onsets, contour, centre } = motifs[section.name];
    const walker = new TuneWalker(plan, centre);
    for (let bar = 0; bar < section.bars; bar += 2) {
      // Every fourth time the phrase breathes out on a long note.
      const closing = bar % 8 === 6 || bar + 2 >= section.bars;
      const played = closing ? onsets.filter((onset) => onset <= beats) : onsets;
      for (const [index, onset] of played.entries()) {
        const inBar = bar + Math.floor(onset / beats);
        if (inBar >= section.bars) break;
        const next = played[index + 1] ?? (closing ? beats * 1.75 : beats * 2);
        const step = random.chance(0.15) ? random.whole(-1, 1) : contour[index]!;
        const at = grid.at(section.firstBar + bar, onset);
        notes.push({
          at,
          seconds: (grid.at(section.firstBar + bar, next) - at) * 0.92,
          midi: walker.step(step, section.firstBar + inBar, Number.isInteger(onset)),
          velocity: (onset % beats === 0 ? 0.8 : 0.65) * random.between(0.9, 1),
        });
      }
    }
  }
  return notes;

  function motif(density: number, centre: number): { onsets: number[]; contour: number[]; centre: number } {
    const busy = density * (0.5 + plan.energy);
    const onsets = [0];
    for (let half = 1; half < beats * 4; half += 1) {
      const onTheBeat = half % 2 === 0;
      if (random.chance(onTheBeat ? Math.min(0.95, busy * 1.3) : busy * 0.6)) onsets.push(half / 2);
    }
    return { onsets, contour: newContour(onsets.length, random), centre };
  }
}
