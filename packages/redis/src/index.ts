export { checkEviction, type RedisRole } from './eviction.ts';
export { connectOnce, openRedis, type OpenRedisOptions } from './open.ts';
export { commandConnection, readerConnection, subscriberConnection } from './roles.ts';
export { onResubscribed } from './resubscribed.ts';
