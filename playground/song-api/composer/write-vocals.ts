import type { SeededRandom } from '../seeded-random.ts';
import type { SungNote } from './score.ts';
import type { SongPlan } from './song-plan.ts';
import { syllablesOf } from './syllables.ts';
import type { TimeGrid } from './time-grid.ts';
import { newContour, TuneWalker } from './tune-shape.ts';

/** The middle of what each voice sings, as MIDI. */
const registers = { low: { verse: 52, chorus: 56 }, high: { verse: 61, chorus: 65 } } as const;

/** Sets the lyrics to music, a line on two bars: quick lines in sixteenths, slow ones in quarters, with air at the end. */
export function writeVocals(
  plan: SongPlan,
  grid: TimeGrid,
  random: SeededRandom,
): { vocals: SungNote[]; backing: SungNote[] } {
  const lines = linesOf(plan.request.lyrics);
  const vocals: SungNote[] = [];
  const backing: SungNote[] = [];
  if (lines.length === 0) return { vocals, backing };
  const contours = { verse: newContour(32, random), chorus: newContour(32, random) };
  let line = 0;
  for (const section of plan.sections) {
    // A song too short for an intro and a verse is sung from its first bar.
    if (section.name === 'intro' || section.name === 'outro') continue;
    const contour = contours[section.name];
    const walker = new TuneWalker(plan, registers[plan.voice][section.name]);
    for (let bar = 0; bar < section.bars; bar += 2) {
      const room = Math.min(2, section.bars - bar) * plan.beatsPerBar - 0.75;
      const { text, mark } = lines[line % lines.length]!;
      const syllables = syllablesOf(text);
      const pace =
        [1, 0.5, 0.25].find((beats) => syllables.length * beats <= room) ?? room / syllables.length;
      for (const [index, syllable] of syllables.entries()) {
        const beat = index * pace;
        const end = index === syllables.length - 1 ? Math.min(room, beat + pace * 2) : beat + pace;
        const inBar = section.firstBar + bar + Math.floor(beat / plan.beatsPerBar);
        const at = grid.at(section.firstBar + bar, beat);
        const note: SungNote = {
          ...syllable,
          line,
          mark,
          at,
          seconds: (grid.at(section.firstBar + bar, end) - at) * 0.96,
          midi: walker.step(contour[index % contour.length]!, inBar, Number.isInteger(beat)),
          velocity: syllable.opens ? 0.85 : 0.75,
        };
        vocals.push(note);
        if (section.name === 'chorus')
          backing.push({ ...note, midi: walker.above, velocity: note.velocity * 0.8 });
      }
      line += 1;
    }
  }
  return { vocals, backing };
}

/** Lines that can be sung, each with the mark that stands before it. */
function linesOf(lyrics: string): { text: string; mark: string }[] {
  let mark = '';
  const lines: { text: string; mark: string }[] = [];
  for (const line of lyrics.split('\n')) {
    mark = /\[[^\]]+\]/.exec(line)?.[0] ?? mark;
    const text = line.replaceAll(/\[[^\]]*\]|\([^)]*\)/g, '').trim();
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    lines.push({ text, mark });
    mark = '';
  }
  return lines;
}
