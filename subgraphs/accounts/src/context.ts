import type { RequestContext } from '@marquee/subgraph';
import type { AccountsUseCases } from './use-cases.ts';
import type { Loaders } from './loaders.ts';
import type { User } from './domain/user.ts';

/** What the resolvers of accounts work with. */
export interface AccountsContext extends RequestContext {
  readonly accounts: AccountsUseCases;
  readonly loaders: Loaders;
}

/** A user on the way to the client. */
export interface UserParent extends User {
  /** They have proved in this very request who they are, so that they see their own although they have no token yet. */
  readonly justSignedIn?: true;
}

export type Context = AccountsContext;
