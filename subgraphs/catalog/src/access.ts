import { type Caller, userIdOf } from '@marquee/subgraph';

import type { Venue } from './domain/venue.ts';

/** A venue is managed by its owner and by administrators. */
export function mayManage(caller: Caller, { ownerId }: Pick<Venue, 'ownerId'>): boolean {
  return userIdOf(caller) === ownerId || (caller.kind === 'user' && caller.roles.includes('ADMIN'));
}
