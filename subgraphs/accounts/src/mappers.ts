import type { User as Account } from './domain/user.ts';

/** The parents of each GraphQL type's resolvers, under its name. */
export type { Session } from './domain/session.ts';

/** A user as the parent of its fields. */
export interface User extends Account {
  /** Set when this request signed the user in: they have no token yet and may still read their own data. */
  readonly justSignedIn?: true;
  /** Set when this request had a token from a mail to the user: it shows the address, and nothing else. */
  readonly mailRead?: true;
}
