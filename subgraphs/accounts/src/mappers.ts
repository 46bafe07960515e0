import type { Organisation as Business, OrganisationRole } from './domain/organisation.ts';
import type { User as Account } from './domain/user.ts';

/** The parents of each GraphQL type's resolvers, under its name. */
export type { Membership as OrganisationMember } from './domain/organisation.ts';
export type { Passkey } from './domain/passkey.ts';
export type { Session } from './domain/session.ts';

/** An organisation as the parent of its fields. */
export interface Organisation extends Business {
  /** The caller's role in it; null for whoever does not work there. */
  readonly callerRole: OrganisationRole | null;
}

/** A user as the parent of its fields. */
export interface User extends Account {
  /** Set when this request signed the user in: they have no token yet and may still read their own data. */
  readonly justSignedIn?: true;
  /** Set when this request had a token from a mail to the user: it shows the address, and nothing else. */
  readonly mailRead?: true;
}
