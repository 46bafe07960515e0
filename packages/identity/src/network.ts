import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Longer than any address with a zone id. */
const MAX_LENGTH = 64;

/**
 * The network that counts for an address: an IPv4 address itself, also when it is mapped into IPv6, and the /64 of an
 * IPv6 address, because one customer controls all of it. What is not an address stands for itself, cut to 64 characters.
 */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  const withoutZone = address.slice(0, MAX_LENGTH).split('%', 1)[0] as string;
  if (!ipaddr.IPv6.isValid(withoutZone)) return address.slice(0, MAX_LENGTH);
  const parsed = ipaddr.process(withoutZone);
  return parsed instanceof ipaddr.IPv6 ? `${firstHalf(parsed)}::/64` : parsed.toString();
}

function firstHalf({ parts }: ipaddr.IPv6): string {
  return parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}
