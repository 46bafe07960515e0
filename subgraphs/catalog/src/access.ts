import type { Caller } from '@marquee/subgraph';
import { forbidden, unauthenticated } from '@marquee/errors';

/** The person who changes the catalog. */
export interface Actor {
  readonly userId: string;
  readonly isAdmin: boolean;
}

/** The signed-in person who calls. @throws {CodedError} UNAUTHENTICATED */
export function actorOf(caller: Caller): Actor {
  if (caller.kind !== 'user') throw unauthenticated();
  return { userId: caller.userId, isAdmin: caller.roles.includes('ADMIN') };
}

/** A venue is managed by its owner and by administrators. @throws {CodedError} FORBIDDEN for anybody else */
export function assertManages(actor: Actor, venue: { readonly ownerId: string }): void {
  if (actor.isAdmin || venue.ownerId === actor.userId) return;
  throw forbidden('You cannot manage this venue: sign in as its owner.');
}
