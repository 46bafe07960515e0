import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { ServiceCaller } from './caller.ts';
import { RefusedCredentialError } from './refused-credential.ts';
import { type ReadServiceKeys, type ServiceKey, signingKeyIn } from './service-keys.ts';

/** The Authorization scheme of service tokens. */
const SCHEME = 'Service';
const ISSUER = 'marquee-services';
/** Longer than any call, and the maximum age of a token. */
export const SERVICE_TOKEN_SECONDS = 60;
/** Clocks may differ by this much. */
export const CLOCK_SKEW_SECONDS = 10;
/** A token is used again for this long: a signature for each fetch would cost more than a small query. */
const REUSE_SECONDS = 20;
/** The number of verified tokens to remember; there is one for each caller and 20 seconds. */
const MAX_VERIFIED = 1_000;

/**
 * The claim of a token: who calls, or that the gateway passes on what a client said. Neither is accepted as the other, so
 * whoever sees what the gateway forwards with cannot call a subgraph in its name.
 */
export type ServiceTokenPurpose = 'call' | 'forward';

/** Makes a service's header for a request to a subgraph; a promise when it has to be signed. @param audience its name */
export type SignServiceCall = (audience: string) => string | Promise<string>;

/** Verifies a service's header; null when it has another scheme. @throws {CodedError} UNAUTHENTICATED */
export type VerifyServiceCall = (authorization: string) => ServiceCaller | Promise<ServiceCaller> | null;

export interface ServiceTokenOptions {
  /** This service's name: the subject of its own tokens, and the audience of those it accepts. */
  readonly name: string;
  /** By default `call`. */
  readonly purpose?: ServiceTokenPurpose;
  /** To sign, its own private keys; to verify, the public ones of all services. */
  readonly keys: ReadServiceKeys;
  readonly now?: () => number;
}

/** Signs requests of one service; a token is valid for one audience, one purpose and one minute. */
export function serviceSigner({ name, purpose, keys, now = Date.now }: ServiceTokenOptions): SignServiceCall {
  const signed = new Map<string, { readonly header: string; readonly until: number; readonly kid: string }>();
  const sign = async (audience: string, key: ServiceKey, at: number): Promise<string> => {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .setIssuer(ISSUER)
      .setSubject(name)
      .setAudience(audienceOf(audience, purpose))
      .setIssuedAt(at)
      .setExpirationTime(at + SERVICE_TOKEN_SECONDS)
      .sign(key);
    const header = `${SCHEME} ${token}`;
    signed.set(audience, { header, until: at + REUSE_SECONDS, kid: key.kid });
    return header;
  };
  return (audience) => {
    const at = Math.floor(now() / 1_000);
    const key = signingKeyIn(keys(), at);
    if (!key) throw new Error(`There is no key for the service ${name}: make one with npm run service-keys.`);
    const known = signed.get(audience);
    return known && known.until > at && known.kid === key.kid ? known.header : sign(audience, key, at);
  };
}

interface Verified {
  readonly caller: ServiceCaller;
  readonly expiresAt: number;
  /** The keys that verified it: when they change, it is verified again. */
  readonly by: readonly ServiceKey[];
}

/** Verifies requests of other services to this one. A signature is verified once, the expiry each time. */
export function serviceVerifier({ name, purpose, keys, now = Date.now }: ServiceTokenOptions): VerifyServiceCall {
  const audience = audienceOf(name, purpose);
  const verified = new LRUCache<string, Verified>({ max: MAX_VERIFIED });
  const verify = async (token: string): Promise<ServiceCaller> => {
    try {
      const { caller, expiresAt } = await verifyToken(token, { audience, keys, now });
      verified.set(token, { caller, expiresAt, by: keys() });
      return caller;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new RefusedCredentialError('invalid-service-token', 'The service token is not valid.', {
        detail: error.code,
      });
    }
  };
  return (authorization) => {
    if (!authorization.startsWith(`${SCHEME} `)) return null;
    const token = authorization.slice(SCHEME.length + 1);
    const known = verified.get(token);
    return known && known.expiresAt > now() && known.by === keys() ? known.caller : verify(token);
  };
}

function audienceOf(name: string, purpose: ServiceTokenPurpose = 'call'): string {
  return purpose === 'forward' ? `${name}:forwarded` : name;
}

interface Verification extends Required<Pick<ServiceTokenOptions, 'keys' | 'now'>> {
  readonly audience: string;
}

/** @throws {errors.JOSEError} */
async function verifyToken(token: string, { audience, keys, now }: Verification) {
  let service = '';
  const find = ({ kid }: { kid?: string }): ServiceKey => {
    const key = usableKey(keys(), kid, now()) ?? usableKey(keys(true), kid, now());
    if (!key) throw new errors.JWKSNoMatchingKey();
    service = key.service;
    return key;
  };
  const { payload } = await jwtVerify(token, find, {
    issuer: ISSUER,
    audience,
    algorithms: ['EdDSA'],
    requiredClaims: ['sub', 'iat', 'exp'],
    maxTokenAge: SERVICE_TOKEN_SECONDS,
    clockTolerance: CLOCK_SKEW_SECONDS,
    currentDate: new Date(now()),
  });
  const { sub, iat = 0, exp = 0 } = payload;
  if (sub !== service) throw new errors.JWTClaimValidationFailed('another service’s key', payload, 'sub');
  if (exp - iat > SERVICE_TOKEN_SECONDS) throw new errors.JWTClaimValidationFailed('too long', payload, 'exp');
  return { caller: { kind: 'service', name: service } as const, expiresAt: (exp + CLOCK_SKEW_SECONDS) * 1_000 };
}

function usableKey(keys: readonly ServiceKey[], kid: string | undefined, nowMs: number): ServiceKey | undefined {
  return keys.find((key) => key.kid === kid && (key.exp === undefined || key.exp * 1_000 > nowMs));
}
