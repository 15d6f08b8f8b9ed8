import { SeededRandom } from '../seeded-random.ts';
import type { SungWord } from './composed-song.ts';
import type { Note, Score, SungNote } from './score.ts';
import { strikeOnce } from './strike-once.ts';
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
  if (plan.request.sound?.form === 'one-shot') return strikeOnce(plan, grid);
  const band = (part: string): SeededRandom => new SeededRandom(`${plan.seeds.band}/${part}`);
  const tune = (part: string): SeededRandom => new SeededRandom(`${plan.seeds.tune}/${part}`);
  const { chords, pad } = writeChords(plan, grid, band('chords'));
  const melody = writeMelody(plan, grid, tune('melody'));
  const { vocals, backing } = plan.sings
    ? writeVocals(plan, grid, tune('vocals'))
    : { vocals: [], backing: [] };
  return {
    drums: writeDrums(plan, grid, band('drums')),
    bass: writeBass(plan, grid, band('bass')),
    chords,
    pad,
    // The band's lead keeps out of the singer's way.
    lead: plan.sings ? melody.filter((note) => !vocals.some((sung) => overlaps(sung, note))) : melody,
    backing,
    vocals,
    words: sungWords(vocals),
  };
}

function overlaps(a: Note, b: Note): boolean {
  return a.at < b.at + b.seconds + 0.2 && b.at < a.at + a.seconds + 0.2;
}

function sungWords(vocals: readonly SungNote[]): SungWord[] {
  const words: SungWord[] = [];
  for (const { word, opens, at, seconds, line, mark } of vocals) {
    const last = words.at(-1);
    if (opens || last === undefined) words.push({ word, start: at, end: at + seconds, line, mark });
    else last.end = at + seconds;
  }
  return words;
}
