import { type CryptoKey, SignJWT } from 'jose';

import type { SignAccessToken } from '../domain/access-token.ts';
import type { KeyRing } from '../domain/key-ring.ts';
import type { SecretBox } from '@marquee/database';
import { openPrivateKey } from './key-pairs.ts';

/** Signs access tokens as JWTs with the current key of the key ring. */
export function accessTokenSigner(keyRing: KeyRing, box: SecretBox): SignAccessToken {
  const privateKeys = new Map<string, Promise<CryptoKey>>();
  return async (claims) => {
    const key = await keyRing.signingKey();
    const privateKey = privateKeys.get(key.kid) ?? openPrivateKey(key, box);
    privateKeys.set(key.kid, privateKey);
    const header = { alg: key.publicJwk.alg, kid: key.kid, typ: 'JWT' };
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(await privateKey);
  };
}
