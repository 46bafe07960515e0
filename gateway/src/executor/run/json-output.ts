/** Longer texts are searched and copied natively, which takes less time than a loop here from about this length on. */
const LOOPED_LENGTH = 40;

/** What JSON escapes, and what is more than a byte: all but printable ASCII without quotation mark and backslash. */
const UNUSUAL = /[^\u0020\u0021\u0023-\u005b\u005d-\u007e]/;

const QUOTE = 0x22;

/** Responses are cut from pieces of memory of this size. */
const SLAB_BYTES = 512 * 1024;

/** How many slabs without a response are kept for later ones. */
const KEPT_SLABS = 8;

/** With less room than this a response begins a new one. */
const LEAST_BYTES = 16 * 1024;

interface Slab {
  readonly bytes: Buffer;
  /** Responses in it that nobody has given back. */
  inUse: number;
}

/**
 * JSON as it is written, in UTF-8.
 *
 * Strings that are put together piece by piece cost more to flatten, encode and collect than to make: bytes are written
 * once, to where they are sent from. One output serves all responses, since nothing waits while one is written.
 *
 * Memory of responses that were given back is written again: taken anew for each, it would make the collector run over
 * everything that lives more often than anything else does.
 */
export class JsonOutput {
  #slab = newSlab(SLAB_BYTES);
  #bytes = this.#slab.bytes;
  readonly #free: Slab[] = [];
  readonly #slabs = new WeakMap<ArrayBufferLike, Slab>([[this.#bytes.buffer, this.#slab]]);
  #start = 0;
  #position = 0;

  /** Begins a response; one that was not taken is forgotten. */
  begin(): void {
    if (this.#bytes.length - this.#start < LEAST_BYTES) this.#replace(SLAB_BYTES);
    this.#position = this.#start;
  }

  /** How much of the response is written. */
  get length(): number {
    return this.#position - this.#start;
  }

  /** Takes back what was written since the response had this length. */
  rewind(length: number): void {
    this.#position = this.#start + length;
  }

  /** Bytes that were made before, with {@link Buffer.from}: short ones. */
  bytes(written: Uint8Array): void {
    const { length } = written;
    const bytes = this.#room(length);
    let position = this.#position;
    for (let index = 0; index < length; index++) bytes[position++] = written[index] as number;
    this.#position = position;
  }

  /** JSON that is there as text. */
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

  /** A string with its quotation marks. */
  string(value: string): void {
    if (value.length > LOOPED_LENGTH) this.#longString(value);
    else this.#shortString(value);
  }

  /** Ends a response and gives its bytes, which nobody changes until they are given back. */
  take(): Buffer {
    const taken = this.#bytes.subarray(this.#start, this.#position);
    this.#start = this.#position;
    this.#slab.inUse++;
    return taken;
  }

  /** Takes back, once, the bytes of a response that nobody reads any more. Those that are kept stay as they are. */
  giveBack(taken: Buffer): void {
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

  /** Goes on in another slab, with what is written of the current response. */
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
