import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';

import type { SecretBox } from '@marquee/database';
import type { KeyPair } from '../domain/signing-key.ts';

const ALGORITHM = 'EdDSA';
const okp = z.object({ kty: z.string(), crv: z.string(), x: z.string() });
/** The shape of a published key. */
export const publicJwkShape = okp.extend({ kid: z.string(), alg: z.string(), use: z.string() });

/** A new Ed25519 key pair, its private key sealed in the box. */
export async function newKeyPair(box: SecretBox): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const publicJwk = okp.parse(await exportJWK(publicKey));
  const kid = await calculateJwkThumbprint(publicJwk);
  const sealedPrivateJwk = box.seal(labelOf(kid), Buffer.from(JSON.stringify(await exportJWK(privateKey))));
  return { kid, publicJwk: { ...publicJwk, kid, alg: ALGORITHM, use: 'sig' }, sealedPrivateJwk };
}

/** The private key of a pair made by {@link newKeyPair}. @throws when the box has another encryption key */
export async function openPrivateKey({ kid, sealedPrivateJwk }: KeyPair, box: SecretBox): Promise<CryptoKey> {
  const jwk: JWK = JSON.parse(Buffer.from(box.open(labelOf(kid), sealedPrivateJwk)).toString());
  const key = await importJWK(jwk, ALGORITHM);
  if (key instanceof Uint8Array) throw new Error(`The signing key ${kid} is not an asymmetric key.`);
  return key;
}

/** The label of a sealed private key. */
export function labelOf(kid: string): string {
  return `signing-key:${kid}`;
}
