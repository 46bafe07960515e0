import type { UserDetailsQuery } from '../generated/graphql.ts';

/** An account as its page shows it. */
export type Account = NonNullable<UserDetailsQuery['user']>;
