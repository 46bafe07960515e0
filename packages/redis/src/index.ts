export { connectOnce, openRedis, type OpenRedisOptions } from './open.ts';
export { openRedisForRole } from './open-for-role.ts';
export { commandConnection, readerConnection, subscriberConnection } from './roles.ts';
export { onResubscribed } from './resubscribed.ts';
