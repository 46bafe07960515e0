import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from './opaque-token.ts';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** Keeps secrets in the database unreadable to who has only the database. */
export interface SecretBox {
  /** @param label what the secret is and whose: a sealed secret opens under its own label only */
  seal(label: string, secret: Uint8Array): Uint8Array;
  /** @throws when the label or the key is another, or the sealed bytes were changed */
  open(label: string, sealed: Uint8Array): Uint8Array;
}

/**
 * A secret box by AES-256-GCM. A sealed secret is: version, initialisation vector, tag, ciphertext.
 *
 * @param key 32 bytes
 * @throws when the key has another length
 */
export function secretBox(key: Uint8Array, random: RandomBytes): SecretBox {
  if (key.byteLength !== 32) throw new Error('The encryption key of accounts must have 32 bytes.');
  return {
    seal: (label, secret) => {
      const iv = random(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(label));
      const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), ciphertext]);
    },
    open: (label, sealed) => {
      if (sealed[0] !== VERSION || sealed.byteLength < HEADER_BYTES) throw new Error('This is no sealed secret.');
      const iv = sealed.subarray(1, 1 + IV_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(label));
      decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, HEADER_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
    },
  };
}
