/** Divides a sound into equal stretches and keeps the loudest moment of each. */
export class PeakMeter {
  readonly #peaks: Float64Array;
  readonly #samplesEach: number;
  #seen = 0;

  /** `expected` samples in all; what comes beyond counts to the last stretch. */
  constructor(points: number, expected: number) {
    this.#peaks = new Float64Array(points);
    this.#samplesEach = Math.max(expected, 1) / points;
  }

  /** From -1 to 1. */
  add(sample: number): void {
    const at = Math.min(Math.floor(this.#seen / this.#samplesEach), this.#peaks.length - 1);
    const loud = Math.min(Math.abs(sample), 1);
    if (loud > (this.#peaks[at] ?? 1)) this.#peaks[at] = loud;
    this.#seen += 1;
  }

  get peaks(): number[] {
    return [...this.#peaks];
  }
}
