import { SignJWT } from 'jose';
import { ACCESS_TOKEN_SECONDS } from './token-lifetimes.ts';
import type { Signer } from './signing-keys.ts';
import { scopesOf } from './scopes.ts';
import type { User } from './user.ts';

export const ISSUER = 'marquee';
export const AUDIENCE = 'marquee-api';

/** Signs what a person may do in a session, as a JWT by Ed25519. */
export async function accessTokenOf(user: User, sessionId: string, signer: Signer, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sid: sessionId, roles: [...user.roles], scope: scopesOf(user.roles).join(' ') })
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(user.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(signer.privateKey);
}
