import type { Membership, Organisation as Business, OrganisationRole } from './domain/organisation.ts';
import type { User as Account } from './domain/user.ts';

/** The parents of each GraphQL type's resolvers, under its name. */
export type { Passkey } from './domain/passkey.ts';
export type { Invitation as OrganisationInvitation } from './domain/invitation.ts';
export type { ProviderIdentity as LinkedProvider } from './domain/sign-in-provider.ts';
export type { AuditEntry } from './domain/audit-entry.ts';
export type { DataExport } from './domain/data-export.ts';
export type { Session } from './domain/session.ts';

/** An organisation as the parent of its fields. */
export interface Organisation extends Business {
  /** The caller's role in it; null for whoever does not work there. */
  readonly callerRole: OrganisationRole | null;
}

/** A member as the parent of their fields. */
export interface OrganisationMember extends Membership {
  /** The role of the caller in whose list of members it is; none elsewhere. */
  readonly callerRole?: OrganisationRole | null;
}

/** A user as the parent of its fields. */
export interface User extends Account {
  /** Set when this request signed the user in: they have no token yet and may still read their own data. */
  readonly justSignedIn?: true;
  /** Set when this request had a token from a mail to the user: it shows the address, and nothing else. */
  readonly mailRead?: true;
  /** Set in the list of members of an organisation, for who manages them. */
  readonly isManaged?: true;
}
