import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

const PUBLIC = 'unicast';
const LOOPBACK = 'loopback';

/**
 * Resolves names to public addresses alone, at the moment of connecting: a URL that somebody gave us must not reach what
 * only we can reach, whatever its name resolves to later.
 *
 * @param allowsLoopback for services of this machine
 */
export function publicLookup(allowsLoopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const allowed = addresses.filter(({ address }) => isAllowed(address, allowsLoopback));
      const [first] = allowed;
      if (!first) return callback(new NotPublicError(hostname), '');
      return options.all
        ? (callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, allowed)
        : callback(null, first.address, first.family);
    });
  };
}

/** An address of the internet; one of IPv4 within IPv6 is judged as IPv4. */
export function isAllowed(address: string, allowsLoopback: boolean): boolean {
  const range = ipaddr.process(address).range();
  return range === PUBLIC || (allowsLoopback && range === LOOPBACK);
}

class NotPublicError extends Error {
  override readonly name = 'NotPublicError';
  readonly code = 'ENOTPUBLIC';

  constructor(hostname: string) {
    super(`${hostname} has no public address`);
  }
}
