/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as City, EntityReference as Title, EntityReference as User } from '@marquee/subgraph';

export type { Reminder } from './domain/reminder.ts';
export type { NoticeSubject as NotificationSubject } from './domain/notice-subject.ts';
export type { PushEndpoint } from './domain/push-endpoint.ts';
export type { Notification } from './domain/notification.ts';
