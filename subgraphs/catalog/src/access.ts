import { forbidden, unauthenticated } from '@marquee/errors';
import { type Caller, type EntityReference, ownerOr, policy, userIdOf } from '@marquee/subgraph';

import type { Title } from './domain/title.ts';
import type { Venue } from './domain/venue.ts';

/** Lets support see which venues a partner manages. */
const READ_USERS = 'users:read';

export const oneself = ownerOr(READ_USERS, ({ id }: EntityReference) => id);

/** A venue is managed by its owner and by administrators. */
export const manager = policy<Venue>("the venue's owner, or an administrator", (caller, venue) =>
  caller.kind === 'anonymous' ? unauthenticated() : mayManage(caller, venue),
);

/** @throws {CodedError} FORBIDDEN */
export function requireManager(caller: Caller, venue: Pick<Venue, 'ownerId'>): void {
  if (!mayManage(caller, venue)) throw forbidden('You cannot manage this venue: sign in as its owner.');
}

/** A title is edited by the partner who added it and by administrators. @throws {CodedError} FORBIDDEN */
export function requireEditor(caller: Caller, { createdBy }: Title): void {
  if (userIdOf(caller) === createdBy || isAdministrator(caller)) return;
  throw forbidden('You cannot change this title: sign in as the partner who added it.');
}

function mayManage(caller: Caller, { ownerId }: Pick<Venue, 'ownerId'>): boolean {
  return userIdOf(caller) === ownerId || isAdministrator(caller);
}

function isAdministrator(caller: Caller): boolean {
  return caller.kind === 'user' && caller.roles.includes('ADMIN');
}
