/** Divides a sound into equal stretches and keeps the loudest moment of each. */
export class PeakMeter {
  readonly #peaks: Float64Array;
  readonly #samplesEach: number;
  #seen = 0;
  #halfSample: number | undefined;

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

  /** 16-bit samples, little end first; a piece may begin and end inside of one. */
  addBytes(piece: Buffer): void {
    let at = 0;
    if (this.#halfSample !== undefined && piece.length > 0) {
      this.add(Buffer.from([this.#halfSample, piece[at++] ?? 0]).readInt16LE() / 32_768);
      this.#halfSample = undefined;
    }
    for (; at + 1 < piece.length; at += 2) this.add(piece.readInt16LE(at) / 32_768);
    if (at < piece.length) this.#halfSample = piece[at];
  }

  get peaks(): number[] {
    return [...this.#peaks];
  }
}
