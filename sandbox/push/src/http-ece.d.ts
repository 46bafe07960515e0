declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  /** @throws when the text was not encrypted for the key */
  export function decrypt(text: Buffer, keys: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Buffer }): Buffer;
}
