/** Writes bits, the highest first, as video headers are written. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #open = 0;
  #used = 0;

  number(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit -= 1) {
      this.#open = (this.#open << 1) | ((value >> bit) & 1);
      this.#used += 1;
      if (this.#used < 8) continue;
      this.#bytes.push(this.#open);
      this.#open = 0;
      this.#used = 0;
    }
  }

  /** Exp-Golomb: as many zeros as there are bits after the first one. */
  golomb(value: number): void {
    const bits = 32 - Math.clz32(value + 1);
    this.number(0, bits - 1);
    this.number(value + 1, bits);
  }

  align(): void {
    if (this.#used > 0) this.number(0, 8 - this.#used);
  }

  /** A whole byte; only after `align`. */
  byte(value: number): void {
    this.#bytes.push(value);
  }

  /** A one and zeros to the end of the byte: how such payloads end. */
  finish(): Uint8Array {
    this.number(1, 1);
    this.align();
    return Uint8Array.from(this.#bytes);
  }
}
