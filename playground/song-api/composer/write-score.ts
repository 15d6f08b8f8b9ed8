import { SeededRandom } from '../seeded-random.ts';
import type { SungWord } from './composed-song.ts';
import { partNames, type Note, type PartName, type Score, type SungNote } from './score.ts';
import { writeBass } from './write-bass.ts';
import { writeChords } from './write-chords.ts';
import { writeDrums } from './write-drums.ts';
import { writeMelody } from './write-melody.ts';
import { writeVocals } from './write-vocals.ts';
import type { SongPlan } from './song-plan.ts';
import { TimeGrid } from './time-grid.ts';

/** Writes every note of a song. Each part draws from a well of its own, so that one more bass note changes no tune. */
export function writeScore(plan: SongPlan): Score {
  const grid = new TimeGrid(plan);
  const random = (part: string): SeededRandom => new SeededRandom(`${plan.request.seed}/${part}`);
  const { chords, pad } = writeChords(plan, grid, random('chords'));
  const tune = writeMelody(plan, grid, random('melody'));
  const vocals = plan.sings ? writeVocals(plan, grid, random('vocals')) : [];
  return {
    drums: writeDrums(plan, grid, random('drums')),
    bass: writeBass(plan, grid, random('bass')),
    chords,
    pad,
    // The band's lead keeps out of the singer's way.
    lead: plan.sings ? tune.filter((note) => !vocals.some((sung) => overlaps(sung, note))) : tune,
    vocals,
    words: sungWords(vocals),
  };
}

/** The parts that a song has, as its stems are named. */
export function stemNames(plan: SongPlan): PartName[] {
  const score = writeScore(plan);
  return partNames.filter((part) => score[part].length > 0);
}

function overlaps(a: Note, b: Note): boolean {
  return a.at < b.at + b.seconds + 0.2 && b.at < a.at + a.seconds + 0.2;
}

function sungWords(vocals: readonly SungNote[]): SungWord[] {
  const words: SungWord[] = [];
  for (const note of vocals) {
    const last = words.at(-1);
    if (note.opens || last === undefined)
      words.push({ word: note.word, start: note.at, end: note.at + note.seconds });
    else last.end = note.at + note.seconds;
  }
  return words;
}
