/** A buffer that grows as bytes are appended. */
export class GrowingBuffer {
  #bytes: Buffer = EMPTY;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All bytes; valid until the next call. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /**
   * Copies a range of `source`.
   *
   * @param expected the final length if known, to allocate once
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
