/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as User } from '@marquee/subgraph';

export type { PushEndpoint } from './domain/push-endpoint.ts';
export type { Notification } from './domain/notification.ts';
