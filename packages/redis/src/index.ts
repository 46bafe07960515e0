export { connectOnce, openRedis, type OpenRedisOptions } from './open.ts';
export { openRedisForRole } from './open-for-role.ts';
export { commandConnection, readerConnection, subscriberConnection } from './roles.ts';
export { SharedCache, type SharedCacheOptions, type SharedCacheOutcome } from './shared-cache.ts';
export { onResubscribed } from './resubscribed.ts';
