import type { Device, Identity } from '@marquee/identity';

/** The caller and the network address for whom work is done, to bound it by both. */
export interface Asker {
  readonly identity: Identity;
  readonly client?: Device | undefined;
}
