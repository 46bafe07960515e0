import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts secrets at rest: a copy of the database alone does not reveal them. */
export interface SecretBox {
  /** @param label the secret's purpose and owner; only the same label opens it again */
  seal(label: string, secret: Uint8Array): Uint8Array;
  /** @throws when the label or the key differs, or the sealed bytes were changed */
  open(label: string, sealed: Uint8Array): Uint8Array;
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** A secret box by AES-256-GCM. Layout of sealed bytes: version, initialization vector, tag, ciphertext. */
export class AesSecretBox implements SecretBox {
  readonly #key: Uint8Array;

  /** @param key 32 bytes */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  seal(label: string, secret: Uint8Array): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(label));
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), ciphertext]);
  }

  open(label: string, sealed: Uint8Array): Uint8Array {
    if (sealed[0] !== VERSION || sealed.byteLength < HEADER_BYTES)
      throw new Error('These bytes are not a sealed secret.');
    const iv = sealed.subarray(1, 1 + IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(label));
    decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, HEADER_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
  }
}
