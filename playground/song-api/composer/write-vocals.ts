import type { SeededRandom } from '../seeded-random.ts';
import type { SungNote } from './score.ts';
import type { SongPlan } from './song-plan.ts';
import { syllablesOf } from './syllables.ts';
import type { TimeGrid } from './time-grid.ts';
import { newContour, TuneWalker } from './tune-shape.ts';

/** Sets the lyrics to music, a line on two bars: quick lines in sixteenths, slow ones in quarters, with air at the end. */
export function writeVocals(plan: SongPlan, grid: TimeGrid, random: SeededRandom): SungNote[] {
  const lines = linesOf(plan.request.lyrics);
  if (lines.length === 0) return [];
  const contours = { verse: newContour(32, random), chorus: newContour(32, random) };
  const notes: SungNote[] = [];
  let line = 0;
  for (const section of plan.sections) {
    // A song too short for an intro and a verse is sung from its first bar.
    if (section.name === 'intro' || section.name === 'outro') continue;
    const contour = contours[section.name];
    const walker = new TuneWalker(plan, section.name === 'chorus' ? 65 : 61);
    for (let bar = 0; bar < section.bars; bar += 2) {
      const room = Math.min(2, section.bars - bar) * plan.beatsPerBar - 0.75;
      const syllables = syllablesOf(lines[line % lines.length]!);
      line += 1;
      const pace =
        [1, 0.5, 0.25].find((beats) => syllables.length * beats <= room) ?? room / syllables.length;
      for (const [index, syllable] of syllables.entries()) {
        const beat = index * pace;
        const end = index === syllables.length - 1 ? Math.min(room, beat + pace * 2) : beat + pace;
        const inBar = section.firstBar + bar + Math.floor(beat / plan.beatsPerBar);
        const at = grid.at(section.firstBar + bar, beat);
        notes.push({
          ...syllable,
          at,
          seconds: (grid.at(section.firstBar + bar, end) - at) * 0.96,
          midi: walker.step(contour[index % contour.length]!, inBar, Number.isInteger(beat)),
          velocity: syllable.opens ? 0.85 : 0.75,
        });
      }
    }
  }
  return notes;
}

function linesOf(lyrics: string): string[] {
  return lyrics
    .split('\n')
    .map((line) => line.replaceAll(/\[[^\]]*\]|\([^)]*\)/g, '').trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}
