import { Redis } from 'ioredis';

import { query } from '../server-process.ts';

/** Tables of events: what they carry is copied between domains, and erasing an account does not reach it. */
const EVENT_TABLES = ['outbox_events', 'unacknowledged_events', 'inbox_events', 'dead_letters', 'idempotency_keys'];

/** The rows of a database's event tables, as JSON. */
export async function eventRows(databaseUrl: string): Promise<string> {
  const found = (await query(
    databaseUrl,
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY ('{${EVENT_TABLES.join(',')}}')`,
  )) as { relname: string }[];
  const tables = found.map(({ relname }) => query(databaseUrl, `SELECT to_jsonb(kept) FROM ${relname} AS kept`));
  return JSON.stringify(await Promise.all(tables));
}

type Reader = (redis: Redis, key: string) => Promise<unknown>;
const READERS: Readonly<Record<string, Reader>> = {
  string: (redis, key) => redis.get(key),
  hash: (redis, key) => redis.hgetall(key),
  list: (redis, key) => redis.lrange(key, 0, -1),
  set: (redis, key) => redis.smembers(key),
  zset: (redis, key) => redis.zrange(key, '0', '-1'),
  stream: (redis, key) => redis.xrange(key, '-', '+'),
};

/** Every key of a Redis and its value, as JSON. */
export async function redisContent(url: string): Promise<string> {
  const redis = new Redis(url);
  const parts: unknown[] = [];
  for await (const keys of redis.scanStream({ count: 1_000 })) {
    for (const key of keys as string[]) {
      // A key may expire meanwhile.
      const read = READERS[await redis.type(key)];
      parts.push([key, await read?.(redis, key)]);
    }
  }
  await redis.quit();
  return JSON.stringify(parts);
}
