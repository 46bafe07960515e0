import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

/** The key that signs access tokens, and the Authorization headers of some callers. */
export interface Keys {
  readonly jwks: JSONWebKeySet;
  readonly authorizations: readonly string[];
}

const CALLERS = 50;
const HOURS_VALID = 6;

export async function newKeys(): Promise<Keys> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const kid = 'bench';
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
  const sign = async (caller: number): Promise<string> => {
    const token = await new SignJWT({ sid: `ses_${caller}`, roles: ['CUSTOMER'], scope: 'profiles:read' })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setSubject(`usr_${caller}`)
      .setIssuer('marquee')
      .setAudience('marquee-api')
      .setIssuedAt()
      .setExpirationTime(`${HOURS_VALID}h`)
      .sign(privateKey);
    return `Bearer ${token}`;
  };
  return {
    jwks: { keys: [jwk] },
    authorizations: await Promise.all(Array.from({ length: CALLERS }, (_, n) => sign(n))),
  };
}
