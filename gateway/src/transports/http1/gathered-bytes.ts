/** Pieces of bytes, joined. */
export class GatheredBytes {
  #bytes: Buffer = EMPTY;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All bytes so far; valid until the next call. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /**
   * Copies a part of `source`, whose memory may be reused afterwards.
   *
   * @param expected the final length when it is known, to allocate once
   */
  append(source: Uint8Array, start: number, end: number, expected = 0): void {
    const length = this.#length + end - start;
    if (length > this.#bytes.length) this.#grow(Math.max(length, expected, 2 * this.#bytes.length));
    this.#bytes.set(source.subarray(start, end), this.#length);
    this.#length = length;
  }

  clear(): void {
    this.#bytes = EMPTY;
    this.#length = 0;
  }

  #grow(capacity: number): void {
    const larger = Buffer.allocUnsafe(capacity);
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}

const EMPTY = Buffer.alloc(0);
