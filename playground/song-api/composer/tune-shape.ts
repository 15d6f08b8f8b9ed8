import type { SeededRandom } from '../seeded-random.ts';
import { degreeToMidi } from './modes.ts';
import type { SongPlan } from './song-plan.ts';

/** A contour that a tune keeps coming back to: steps of the scale from note to note. */
export function newContour(length: number, random: SeededRandom): number[] {
  const steps = [-1, 1, -1, 1, 0, 2, -2, 1, -1, 3, -3] as const;
  return Array.from({ length }, (_, index) => (index % 8 === 0 ? 0 : random.pick(steps)));
}

/** Walks a contour over the chords: notes on the beat land in the chord, the rest on the scale between. */
export class TuneWalker {
  readonly #plan: SongPlan;
  readonly #centre: number;
  #degree: number;

  /** `centre`: the tune's middle, as MIDI. */
  constructor(plan: SongPlan, centre: number) {
    this.#plan = plan;
    this.#centre = Math.round(((centre - plan.tonic) / 12) * 7);
    this.#degree = this.#centre;
  }

  /** The note that sounds well above the last step: a third. */
  get above(): number {
    return degreeToMidi(this.#plan.tonic, this.#plan.mode, this.#degree + 2);
  }

  step(step: number, bar: number, onTheBeat: boolean): number {
    const chord = this.#plan.chords[bar] ?? 0;
    let degree = this.#degree + step;
    // An octave is all that a singable tune needs.
    if (degree > this.#centre + 5) degree -= 3;
    if (degree < this.#centre - 4) degree += 3;
    if (onTheBeat) degree = nearestInChord(degree, chord);
    this.#degree = degree;
    return degreeToMidi(this.#plan.tonic, this.#plan.mode, degree);
  }
}

function nearestInChord(degree: number, chord: number): number {
  const inChord = (candidate: number): boolean => {
    const above = (((candidate - chord) % 7) + 7) % 7;
    return above === 0 || above === 2 || above === 4;
  };
  return [degree, degree - 1, degree + 1].find(inChord) ?? degree;
}
