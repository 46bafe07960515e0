import { type Device, networkOf } from '@marquee/identity';

/** The network of a device. Devices whose address is not known share one. */
export function networkOfDevice({ address }: Device): string {
  return address === null ? 'unknown' : networkOf(address);
}
