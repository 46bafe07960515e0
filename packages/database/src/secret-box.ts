import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts secrets at rest: a copy of the database alone does not reveal them. */
export interface SecretBox {
  /** @param label the secret's purpose and owner; only the same label opens it again */
  seal(label: string, secret: Uint8Array): Uint8Array;
  /** @throws when the label or the key differs, or the sealed bytes were changed */
  open(label: string, sealed: Uint8Array): Uint8Array;
}

const VERSION = 2;
/** Without the key's id: any of the keys may open it. */
const FIRST_VERSION = 1;
const ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A secret box by AES-256-GCM. It seals with its first key, and opens what any of them has sealed. Layout of sealed bytes:
 * version, the key's id, initialization vector, tag, ciphertext.
 */
export class AesSecretBox implements SecretBox {
  readonly #keys: readonly Uint8Array[];

  /** @param keys of 32 bytes each, the newest first */
  constructor(keys: Uint8Array | readonly Uint8Array[]) {
    this.#keys = keys instanceof Uint8Array ? [keys] : keys;
  }

  /** The bytes with which everything begins that a key has sealed, by key. */
  get prefixes(): readonly Uint8Array[] {
    return this.#keys.map(prefixOf);
  }

  seal(label: string, secret: Uint8Array): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#first, iv).setAAD(Buffer.from(label));
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([prefixOf(this.#first), iv, cipher.getAuthTag(), ciphertext]);
  }

  open(label: string, sealed: Uint8Array): Uint8Array {
    const header = sealed[0] === VERSION ? 1 + ID_BYTES : 1;
    const isSealed = sealed[0] === VERSION || sealed[0] === FIRST_VERSION;
    if (!isSealed || sealed.byteLength < header + IV_BYTES + TAG_BYTES)
      throw new Error('These bytes are not a sealed secret.');
    const isOf = (key: Uint8Array) => header === 1 || Buffer.compare(idOf(key), sealed.subarray(1, header)) === 0;
    const keys = this.#keys.filter(isOf);
    for (const [index, key] of keys.entries()) {
      try {
        return opened(key, label, sealed.subarray(header));
      } catch (error) {
        if (index === keys.length - 1) throw error;
      }
    }
    throw new Error('No key opens these bytes: unable to authenticate. Add the key that sealed them.');
  }

  get #first(): Uint8Array {
    const [first] = this.#keys;
    if (first === undefined) throw new Error('A secret box needs a key');
    return first;
  }
}

function opened(key: Uint8Array, label: string, body: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES)).setAAD(Buffer.from(label));
  decipher.setAuthTag(body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(body.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

function prefixOf(key: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(VERSION), idOf(key)]);
}

/** Tells keys apart, and nothing else of them. */
function idOf(key: Uint8Array): Buffer {
  return createHash('sha256').update('secret box key').update(key).digest().subarray(0, ID_BYTES);
}
