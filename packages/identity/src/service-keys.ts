import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JWK } from 'jose';

/** The service that forwards clients' requests. */
export const GATEWAY_SERVICE = 'gateway';

/** An Ed25519 key of one service, as a JSON Web Key; with `d` the private one. */
export interface ServiceKey extends JWK {
  readonly kid: string;
  /** The only service that the key may speak for. */
  readonly service: string;
  /** When its holder begins to sign with it, Unix seconds; until then others have time to read it. */
  readonly nbf: number;
  /** When others stop accepting it, Unix seconds. Absent while it is in use. */
  readonly exp?: number;
}

/**
 * The current keys: a service's private ones, or everybody's public ones. The same array until they change.
 *
 * @param fresh reads the source again now, because a key is missing
 */
export type ReadServiceKeys = (fresh?: boolean) => readonly ServiceKey[];

/** Generates a private key. @param nbf when its holder begins to sign with it, Unix seconds */
export function newServiceKey(service: string, nbf: number): ServiceKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const kid = `${service}-${randomBytes(8).toString('hex')}`;
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), alg: 'EdDSA', use: 'sig', kid, service, nbf };
}

/** The part of a key that others may know. */
export function publicPart({ d: _, ...key }: ServiceKey): ServiceKey {
  return key;
}

/** The key that a service signs with: the newest of those whose time has come. */
export function signingKeyIn(keys: readonly ServiceKey[], atSeconds: number): ServiceKey | undefined {
  return keys.filter(({ nbf }) => nbf <= atSeconds).toSorted((one, other) => other.nbf - one.nbf)[0];
}
