/** Up to about this length, a loop is faster than native methods. */
const LOOPED_LENGTH = 40;

/** Characters that JSON escapes or UTF-8 encodes in several bytes. */
const UNUSUAL = /[^\u0020\u0021\u0023-\u005b\u005d-\u007e]/;

const QUOTE = 0x22;

const SLAB_BYTES = 512 * 1024;

/** Maximum free slabs. */
const KEPT_SLABS = 8;

/** A response starts a new slab when less than this is left. */
const LEAST_BYTES = 16 * 1024;

interface Slab {
  readonly bytes: Buffer;
  /** Responses in it that are not recycled. */
  inUse: number;
}

/**
 * Writes responses as JSON in UTF-8.
 *
 * Bytes are written once, into the memory they are sent from, because flattening and encoding a concatenated string
 * costs more than building it. One output serves all responses, because writing is synchronous.
 *
 * Recycled memory is reused; allocating it for each response would be the main cause of full garbage collections.
 */
export class JsonOutput {
  #slab = newSlab(SLAB_BYTES);
  #bytes = this.#slab.bytes;
  readonly #free: Slab[] = [];
  readonly #slabs = new WeakMap<ArrayBufferLike, Slab>([[this.#bytes.buffer, this.#slab]]);
  #start = 0;
  #position = 0;

  /** Starts a response; discards one that was not taken. */
  begin(): void {
    if (this.#bytes.length - this.#start < LEAST_BYTES) this.#replace(SLAB_BYTES);
    this.#position = this.#start;
  }

  /** Length of the response so far, bytes. */
  get length(): number {
    return this.#position - this.#start;
  }

  /** Truncates the response. */
  rewind(length: number): void {
    this.#position = this.#start + length;
  }

  /** Writes a short sequence of bytes. */
  bytes(written: Uint8Array): void {
    const { length } = written;
    const bytes = this.#room(length);
    let position = this.#position;
    for (let index = 0; index < length; index++) bytes[position++] = written[index] as number;
    this.#position = position;
  }

  /** Writes JSON text. */
  text(json: string): void {
    const { length } = json;
    const bytes = this.#room(length * 3);
    let position = this.#position;
    if (length > LOOPED_LENGTH) {
      this.#position = position + bytes.write(json, position);
      return;
    }
    for (let index = 0; index < length; index++) {
      const code = json.charCodeAt(index);
      if (code > 0x7e) {
        this.#position += bytes.write(json, this.#position);
        return;
      }
      bytes[position++] = code;
    }
    this.#position = position;
  }

  /** Writes a string value, quoted. */
  string(value: string): void {
    if (value.length > LOOPED_LENGTH) this.#longString(value);
    else this.#shortString(value);
  }

  /** Ends the response. Its bytes do not change until they are recycled. */
  take(): Buffer {
    const taken = this.#bytes.subarray(this.#start, this.#position);
    this.#start = this.#position;
    this.#slab.inUse++;
    return taken;
  }

  /** Allows the bytes of a response to be overwritten. Call it at most once for each response. */
  recycle(taken: Buffer): void {
    const slab = this.#slabs.get(taken.buffer);
    if (slab === undefined || --slab.inUse > 0) return;
    if (slab === this.#slab) this.#start = 0;
    else this.#keep(slab);
  }

  #keep(slab: Slab): void {
    if (slab.bytes.length === SLAB_BYTES && this.#free.length < KEPT_SLABS) this.#free.push(slab);
  }

  #shortString(value: string): void {
    const { length } = value;
    const bytes = this.#room(length + 2);
    let position = this.#position;
    bytes[position++] = QUOTE;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code < 0x20 || code === QUOTE || code === 0x5c || code > 0x7e) return this.text(JSON.stringify(value));
      bytes[position++] = code;
    }
    bytes[position++] = QUOTE;
    this.#position = position;
  }

  #longString(value: string): void {
    if (UNUSUAL.test(value)) return this.text(JSON.stringify(value));
    const bytes = this.#room(value.length + 2);
    const start = this.#position + 1;
    bytes[start - 1] = QUOTE;
    const end = start + bytes.write(value, start, 'latin1');
    bytes[end] = QUOTE;
    this.#position = end + 1;
  }

  #room(length: number): Buffer {
    const needed = this.#position - this.#start + length;
    if (this.#start + needed > this.#bytes.length) this.#replace(Math.max(SLAB_BYTES, needed * 2));
    return this.#bytes;
  }

  /** Continues the current response in another slab. */
  #replace(size: number): void {
    const former = this.#slab;
    const slab = (size === SLAB_BYTES ? this.#free.pop() : undefined) ?? newSlab(size);
    const copied = former.bytes.copy(slab.bytes, 0, this.#start, this.#position);
    this.#slab = slab;
    this.#bytes = slab.bytes;
    this.#slabs.set(slab.bytes.buffer, slab);
    this.#start = 0;
    this.#position = copied;
    if (former.inUse === 0) this.#keep(former);
  }
}

function newSlab(size: number): Slab {
  return { bytes: Buffer.allocUnsafeSlow(size), inUse: 0 };
}
