import { createSecretKey } from 'node:crypto';
import { unauthenticated } from '@marquee/errors';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { ServiceCaller } from './caller.ts';

/** The Authorization scheme of service tokens. */
const SCHEME = 'Service';
const ISSUER = 'marquee-services';
/** Longer than any call; clocks may differ by this much. */
const LIFETIME_SECONDS = 60;
const MIN_SECRET_LENGTH = 32;

/** Makes the Authorization header for a call to a subgraph. @param audience the subgraph's name */
export type SignServiceCall = (audience: string) => Promise<string>;

/** Verifies a service's Authorization header; null when it has another scheme. @throws {CodedError} UNAUTHENTICATED */
export type VerifyServiceCall = (authorization: string) => Promise<ServiceCaller> | null;

export interface ServiceTokenOptions {
  /** This service's name: the issuer of its own tokens, and the audience of those it accepts. */
  readonly name: string;
  /** The secret shared by the services of a deployment; at least 32 characters. */
  readonly secret: string;
  readonly now?: () => number;
}

/** Signs calls of one service; a token is valid for one audience and one minute. */
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

/** Verifies calls of other services to this one. */
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
  if (secret.length < MIN_SECRET_LENGTH)
    throw new Error(`A service secret has at least ${MIN_SECRET_LENGTH} characters`);
  return createSecretKey(Buffer.from(secret));
}
