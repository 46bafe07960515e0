import { type CryptoKey, SignJWT } from 'jose';
import type { AccessTokenClaims, AccessTokens } from '../domain/access-token.ts';
import type { KeyRing } from '../domain/key-ring.ts';
import type { SecretBox } from '../domain/secret-box.ts';
import type { SigningKey } from '../domain/signing-key.ts';
import { openPrivateKey } from './key-pairs.ts';

/** Access tokens as JWTs signed with the current key of the key ring. */
export class JwtAccessTokens implements AccessTokens {
  readonly #keyRing: KeyRing;
  readonly #box: SecretBox;
  readonly #privateKeys = new Map<string, Promise<CryptoKey>>();

  constructor(keyRing: KeyRing, box: SecretBox) {
    this.#keyRing = keyRing;
    this.#box = box;
  }

  async sign(claims: AccessTokenClaims): Promise<string> {
    const key = await this.#keyRing.signingKey();
    const header = { alg: key.publicJwk.alg, kid: key.kid, typ: 'JWT' };
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(await this.#privateKey(key));
  }

  #privateKey(key: SigningKey): Promise<CryptoKey> {
    const privateKey = this.#privateKeys.get(key.kid) ?? openPrivateKey(key, this.#box);
    this.#privateKeys.set(key.kid, privateKey);
    return privateKey;
  }
}
