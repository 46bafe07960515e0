import { createECDH, ECDH } from 'node:crypto';

const CURVE = 'prime256v1';
const POINT = /^[\w-]{87}$/;

/** Our identity to push services (RFC 8292). */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** @param privateKey 32 bytes */
export function vapidKeys(privateKey: Uint8Array): VapidKeys {
  const key = createECDH(CURVE);
  key.setPrivateKey(privateKey);
  return { publicKey: key.getPublicKey('base64url'), privateKey: Buffer.from(privateKey).toString('base64url') };
}

/** Whether a text is a public key of a browser: a point of the curve. */
export function isBrowserKey(p256dh: string): boolean {
  if (!POINT.test(p256dh)) return false;
  try {
    ECDH.convertKey(p256dh, CURVE, 'base64url', 'base64url', 'uncompressed');
    return true;
  } catch {
    return false;
  }
}
