import { forbidden } from '@marquee/errors';

/** The person who changes the catalog. */
export interface Actor {
  readonly userId: string;
  /** Administrators may change what others own. */
  readonly isAdmin: boolean;
}

/** @throws {CodedError} FORBIDDEN when the venue is somebody else's */
export function assertManages(actor: Actor, venue: { readonly ownerId: string }): void {
  if (!actor.isAdmin && venue.ownerId !== actor.userId) throw forbidden('This venue belongs to somebody else.');
}
