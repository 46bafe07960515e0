import type { Redis } from 'ioredis';

import type { DeadLetter } from '../event-log.ts';
import { fieldOf } from './group.ts';
import type { StreamKeys } from './keys.ts';

const PAGE = 1_000;
const REPLAYS_KEPT = 100_000;

/** The oldest thousand of a consumer's dead letters. */
export async function deadLettersOf(redis: Redis, keys: StreamKeys, consumer: string): Promise<DeadLetter[]> {
  const entries = await redis.xrange(keys.dead(consumer), '-', '+', 'COUNT', PAGE);
  return entries.map(([id, fields]) => ({
    id,
    consumer,
    type: fieldOf(fields, 'type') ?? '',
    event: fieldOf(fields, 'event') ?? '',
    error: fieldOf(fields, 'error') ?? '',
    attempts: Number(fieldOf(fields, 'attempts')),
    failedAt: fieldOf(fields, 'failedAt') ?? '',
  }));
}

/** Moves every dead letter to the consumer's replay stream. @returns how many */
export async function replayDeadLettersOf(redis: Redis, keys: StreamKeys, consumer: string): Promise<number> {
  let moved = 0;
  for (;;) {
    const entries = await redis.xrange(keys.dead(consumer), '-', '+', 'COUNT', PAGE);
    if (entries.length === 0) return moved;
    const transaction = redis.multi();
    for (const [id, fields] of entries) {
      transaction.xadd(keys.replays(consumer), 'MAXLEN', '~', REPLAYS_KEPT, '*', ...fields);
      transaction.xdel(keys.dead(consumer), id);
    }
    const results = await transaction.exec();
    for (const [failure] of results ?? []) if (failure) throw failure;
    moved += entries.length;
  }
}
