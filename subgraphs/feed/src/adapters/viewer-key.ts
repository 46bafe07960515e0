import type { Device } from '@marquee/subgraph';
import { networkOf } from '@marquee/identity';
import { createHmac } from 'node:crypto';

/** Whom ads counts as one viewer: a person, else a network and its client for a day, by a keyed hash. */
export function viewerKeyOf(userId: string | null, { address, userAgent }: Device, { secret, now }: Keyed): string {
  if (userId !== null) return userId;
  const day = now().toISOString().slice(0, 10);
  const client = JSON.stringify([day, address === null ? null : networkOf(address), userAgent]);
  return `visitor:${createHmac('sha256', secret).update(client).digest('base64url')}`;
}

interface Keyed {
  readonly secret: Uint8Array;
  readonly now: () => Date;
}
