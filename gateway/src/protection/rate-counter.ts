import type { Redis } from 'ioredis';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { withRedisTimeout } from './redis-timeout.ts';

/** The count of a key in its current window. */
export interface WindowCount {
  readonly count: number;
  /** Time until the window ends. */
  readonly msLeft: number;
}

/** Counts keys in fixed windows, which start with the first count. */
export interface RateCounter {
  /** Adds the points to each key. @returns the counts, in the order of the keys */
  count(keys: readonly string[], points: number): Promise<readonly WindowCount[]>;
  /** Adds the points to each key with the next batch; the counts go to the {@link DeferredCountListener}. */
  countDeferred(keys: readonly string[], points: number): void;
}

export interface DeferredCountListener {
  onCounted(key: string, counted: WindowCount): void;
  /** @param charges the number of charges that were not counted */
  onLost(error: unknown, charges: number): void;
}

/** Counts in this process only. */
export function memoryCounter(windowMs: number, { onCounted }: DeferredCountListener): RateCounter {
  const limiter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowMs / 1000 });
  const countOne = async (key: string, points: number): Promise<WindowCount> => {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, points);
    return { count: consumedPoints, msLeft: msBeforeNext };
  };
  return {
    count: (keys, points) => Promise.all(keys.map((key) => countOne(key, points))),
    countDeferred: (keys, points) => {
      for (const key of keys) void countOne(key, points).then((counted) => onCounted(key, counted));
    },
  };
}

export interface RedisCounterOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly windowMs: number;
  readonly later: DeferredCountListener;
}

const COUNT = `
local answers = {}
for i, key in ipairs(KEYS) do
  local count = redis.call('INCRBY', key, ARGV[i + 1])
  local left = redis.call('PTTL', key)
  if left < 0 then
    redis.call('PEXPIRE', key, ARGV[1])
    left = tonumber(ARGV[1])
  end
  answers[#answers + 1] = count
  answers[#answers + 1] = left
end
return answers`;

interface Waiter {
  readonly keys: readonly string[];
  readonly points: number;
  resolve(counted: readonly WindowCount[]): void;
  reject(error: unknown): void;
}

/** Time that deferred counts are collected, ms. */
const BATCH_MS = 20;

/**
 * Counts for all gateways that share a Redis.
 *
 * One script call serves all counts of one turn of the event loop, and one all deferred counts of 20 ms, because a
 * round trip per request would cost more than the rest of a small query.
 */
export function redisCounter({ redis, prefix, windowMs, later }: RedisCounterOptions): RateCounter {
  let waiting: Waiter[] = [];
  let batch = new Map<string, number>();
  let charges = 0;

  const ask = async (amounts: Map<string, number>): Promise<readonly number[]> => {
    const names = [...amounts.keys()].map((key) => prefix + key);
    const script = () => redis.eval(COUNT, names.length, ...names, windowMs, ...amounts.values());
    return (await withRedisTimeout(redis, script)) as readonly number[];
  };

  const send = async (): Promise<void> => {
    const waiters = waiting;
    waiting = [];
    try {
      const amounts = new Map<string, number>();
      for (const { keys, points } of waiters) add(amounts, keys, points);
      resolveWaiters(waiters, amounts, await ask(amounts));
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    }
  };

  const sendBatch = async (): Promise<void> => {
    const [amounts, lost] = [batch, charges];
    batch = new Map();
    charges = 0;
    try {
      const answers = await ask(amounts);
      for (const [index, key] of [...amounts.keys()].entries()) {
        later.onCounted(key, { count: Number(answers[2 * index]), msLeft: Number(answers[2 * index + 1]) });
      }
    } catch (error) {
      later.onLost(error, lost);
    }
  };

  return {
    count: (keys, points) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(() => void send());
        waiting.push({ keys, points, resolve, reject });
      }),
    countDeferred: (keys, points) => {
      if (charges === 0) setTimeout(() => void sendBatch(), BATCH_MS);
      charges++;
      add(batch, keys, points);
    },
  };
}

function add(amounts: Map<string, number>, keys: readonly string[], points: number): void {
  for (const key of keys) amounts.set(key, (amounts.get(key) ?? 0) + points);
}

/** Resolves each waiter with its own count, in order of arrival. */
function resolveWaiters(waiters: readonly Waiter[], amounts: Map<string, number>, answers: readonly number[]): void {
  const msLeft = new Map<string, number>();
  let index = 0;
  for (const [key, amount] of amounts) {
    amounts.set(key, Number(answers[index]) - amount);
    msLeft.set(key, Number(answers[index + 1]));
    index += 2;
  }
  for (const { keys, points, resolve } of waiters) {
    resolve(
      keys.map((key) => {
        const count = (amounts.get(key) ?? 0) + points;
        amounts.set(key, count);
        return { count, msLeft: msLeft.get(key) ?? 0 };
      }),
    );
  }
}
