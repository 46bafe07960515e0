/** The parents of each GraphQL type's resolvers, under its name. */
export type { Notification, UserReference as User } from './domain/notification.ts';
