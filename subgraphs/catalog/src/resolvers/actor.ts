import { unauthenticated } from '@marquee/errors';
import { type Caller } from '@marquee/subgraph';

import type { Actor } from '../domain/actor.ts';

/** The person who calls. @throws {CodedError} UNAUTHENTICATED */
export function actorOf(caller: Caller): Actor {
  if (caller.kind !== 'user') throw unauthenticated();
  return { userId: caller.userId, isAdmin: caller.roles.includes('ADMIN') };
}
