import type { ChainableCommander, Redis } from 'ioredis';
import { dayOf, startOfDay, usageKeys } from './keys.ts';
import { OTHER } from './other.ts';
import { counterField, writeOperation } from './record-format.ts';
import type { UsageCount, UsageWriter, UsedOperation } from './usage.ts';

export interface RedisUsageWriterOptions {
  readonly redis: Redis;
  /** The prefix of all keys; `marquee` by default. */
  readonly namespace?: string;
  /** The number of days to keep counts; 60 by default. */
  readonly retentionDays?: number;
}

const DAY_SECONDS = 86_400;
const RETENTION_DAYS = 60;

const DISCONNECTED: ReadonlySet<string> = new Set(['reconnecting', 'close', 'end']);

/** Writes usage to Redis. Counts of several gateways add up. */
export function redisUsageWriter(options: RedisUsageWriterOptions): UsageWriter {
  const { redis, namespace = 'marquee', retentionDays = RETENTION_DAYS } = options;
  const keys = usageKeys(namespace);
  // One day more, so that the counts of the oldest day are complete until it ends.
  const countsSeconds = (retentionDays + 1) * DAY_SECONDS;
  // An operation outlives every count that refers to it.
  const operationSeconds = countsSeconds + DAY_SECONDS;

  /** Renews the operations' expiry. @returns those that the store lacks */
  const unknownOf = async (operations: readonly UsedOperation[]): Promise<UsedOperation[]> => {
    const pipeline = redis.pipeline();
    for (const { hash } of operations) pipeline.expire(keys.operation(hash), operationSeconds);
    const known = await resultsOf(pipeline);
    return operations.filter((_operation, index) => known[index] !== 1);
  };

  return {
    write: async (counts, at) => {
      if (counts.length === 0) return;
      // Fail instead of queueing commands: the caller keeps the counts, in less memory.
      if (DISCONNECTED.has(redis.status)) throw new Error('There is no connection to Redis');
      const day = dayOf(at);
      const operations = new Map(counts.map(({ operation }) => [operation.hash, operation]));
      operations.delete(OTHER);
      const unknown = operations.size === 0 ? [] : await unknownOf([...operations.values()]);
      const transaction = redis.multi();
      for (const operation of unknown) {
        transaction.set(keys.operation(operation.hash), writeOperation(operation), 'EX', operationSeconds);
      }
      addCounts(transaction, { counts: keys.counts(day), seen: keys.seen(day) }, counts, at);
      transaction.expire(keys.counts(day), countsSeconds).expire(keys.seen(day), countsSeconds);
      transaction.zadd(keys.days, startOfDay(at), day).expire(keys.days, countsSeconds);
      transaction.zremrangebyscore(keys.days, '-inf', `(${startOfDay(at) - countsSeconds * 1000}`);
      await resultsOf(transaction);
    },
  };
}

function addCounts(
  transaction: ChainableCommander,
  keys: { readonly counts: string; readonly seen: string },
  counts: readonly UsageCount[],
  at: Date,
): void {
  const seen: string[] = [];
  for (const each of counts) {
    const field = counterField(each);
    transaction.hincrby(keys.counts, field, each.count);
    seen.push(field, String(at.getTime()));
  }
  transaction.hset(keys.seen, ...seen);
}

/** @throws the first error of a command */
async function resultsOf(commands: ChainableCommander): Promise<unknown[]> {
  const results = (await commands.exec()) ?? [];
  return results.map(([error, result]) => {
    if (error) throw error;
    return result;
  });
}
