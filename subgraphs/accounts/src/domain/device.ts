import { type Device, networkOf } from '@marquee/identity';

import type { KeyedHash } from './token.ts';

const MAX_USER_AGENT_LENGTH = 400;

/** The network of devices whose address is not known, which is so of calls within the process only. */
export const UNKNOWN_NETWORK = 'unknown';

/** The network of a device. */
export function networkOfDevice({ address }: Device): string {
  return address === null ? UNKNOWN_NETWORK : networkOf(address);
}

/** The user agent of a browser or app, cut to a length that can be stored. */
export function userAgentOf({ userAgent }: Device): string | null {
  return userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null;
}

/**
 * The fingerprint that identifies a device: its network and its user agent together. Neither is a secret, so it opens nothing: on
 * a known device attempts are counted apart from those of all others, that is all. Null when the network is unknown.
 */
export function fingerprintOf(keyedHash: KeyedHash, device: Device): string | null {
  return device.address === null ? null : keyedHash(`device:${networkOfDevice(device)} ${userAgentOf(device) ?? ''}`);
}

/** Fingerprints of a device by each key: it was remembered by the one of the time. */
export function fingerprintsOf(hashes: readonly KeyedHash[], device: Device): string[] {
  return hashes.flatMap((hash) => fingerprintOf(hash, device) ?? []);
}
