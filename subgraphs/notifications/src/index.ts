export { buildNotifications, type NotificationsDeps } from './subgraph.ts';
