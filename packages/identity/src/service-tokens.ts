import { createSecretKey } from 'node:crypto';
import { unauthenticated } from '@marquee/errors';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { ServiceCaller } from './caller.ts';

/** The scheme of an Authorization header that names a subgraph rather than a person. */
const SCHEME = 'Service';
const ISSUER = 'marquee-services';
/** Longer than any one call; clocks may differ by as much. */
const LIFETIME_SECONDS = 60;
const SHORTEST_SECRET = 32;

/** Makes the Authorization header of a call to another subgraph. @param audience the subgraph that is asked */
export type SignServiceCall = (audience: string) => Promise<string>;

/** Reads the Authorization header of a service's call; null when the header names no service. @throws UNAUTHENTICATED */
export type VerifyServiceCall = (authorization: string) => Promise<ServiceCaller> | null;

export interface ServiceTokenOptions {
  /** This subgraph: who signs, or for whom a token must have been made. */
  readonly name: string;
  /** What all subgraphs of a deployment share, and nobody else knows; at least 32 characters. */
  readonly secret: string;
  readonly now?: () => number;
}

/** Signs calls in the name of one subgraph, each for one other and for a minute. */
export function serviceSigner({ name, secret, now = Date.now }: ServiceTokenOptions): SignServiceCall {
  const key = keyOf(secret);
  return async (audience) => {
    const at = Math.floor(now() / 1000);
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(name)
      .setAudience(audience)
      .setIssuedAt(at)
      .setExpirationTime(at + LIFETIME_SECONDS)
      .sign(key);
    return `${SCHEME} ${token}`;
  };
}

/** Accepts calls of other subgraphs to this one. */
export function serviceVerifier({ name, secret, now = Date.now }: ServiceTokenOptions): VerifyServiceCall {
  const key = keyOf(secret);
  const verify = async (token: string): Promise<ServiceCaller> => {
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer: ISSUER,
        audience: name,
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: LIFETIME_SECONDS,
        currentDate: new Date(now()),
      });
      return { kind: 'service', name: String(payload.sub) };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw unauthenticated('The service token is not valid.');
    }
  };
  return (authorization) =>
    authorization.startsWith(`${SCHEME} `) ? verify(authorization.slice(SCHEME.length + 1)) : null;
}

function keyOf(secret: string) {
  if (secret.length < SHORTEST_SECRET) throw new Error(`A service secret has at least ${SHORTEST_SECRET} characters`);
  return createSecretKey(Buffer.from(secret));
}
