/** The parents of each GraphQL type's resolvers, under its name. */
export type { UserParent as User } from './context.ts';
export type { Session } from './domain/session.ts';
