import type { Redis } from 'ioredis';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { askPromptly } from './prompt-redis.ts';

/** How often something was counted in the window that is running, this time included. */
export interface Counted {
  readonly count: number;
  /** Until the window ends. */
  readonly msLeft: number;
}

/** Counts in windows that begin with the first count. */
export interface RateCounter {
  /** Counts now. One answer for each key, in order. */
  count(keys: readonly string[]): Promise<readonly Counted[]>;
  /** Counts soon, with whatever else is to be counted; the answer goes to {@link CountedLater}. */
  countLater(keys: readonly string[]): void;
}

/** Hears of what was counted later. */
export interface CountedLater {
  onCounted(key: string, counted: Counted): void;
  /** @param operations how many were not counted */
  onLost(error: unknown, operations: number): void;
}

/** Counts for this process alone. */
export function memoryCounter(windowMs: number, { onCounted }: CountedLater): RateCounter {
  const limiter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowMs / 1000 });
  const countOne = async (key: string): Promise<Counted> => {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key);
    return { count: consumedPoints, msLeft: msBeforeNext };
  };
  return {
    count: (keys) => Promise.all(keys.map(countOne)),
    countLater: (keys) => {
      for (const key of keys) void countOne(key).then((counted) => onCounted(key, counted));
    },
  };
}

export interface RedisCounterOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly windowMs: number;
  readonly later: CountedLater;
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
  resolve(counted: readonly Counted[]): void;
  reject(error: unknown): void;
}

/** How long what is counted later is gathered, ms. */
const GATHER_MS = 20;

/**
 * Counts for all gateways that share a Redis.
 *
 * The counts of one turn of the event loop are one script call, and so are the later counts of 20 ms: a round trip for
 * each request would cost more than everything else that the gateway does for a small query.
 */
export function redisCounter({ redis, prefix, windowMs, later }: RedisCounterOptions): RateCounter {
  let waiting: Waiter[] = [];
  let gathered = new Map<string, number>();
  let operations = 0;

  const ask = async (amounts: Map<string, number>): Promise<readonly number[]> => {
    const names = [...amounts.keys()].map((key) => prefix + key);
    const script = () => redis.eval(COUNT, names.length, ...names, windowMs, ...amounts.values());
    return (await askPromptly(redis, script)) as readonly number[];
  };

  const send = async (): Promise<void> => {
    const waiters = waiting;
    waiting = [];
    try {
      const amounts = new Map<string, number>();
      for (const { keys } of waiters) for (const key of keys) amounts.set(key, (amounts.get(key) ?? 0) + 1);
      settle(waiters, amounts, await ask(amounts));
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    }
  };

  const sendGathered = async (): Promise<void> => {
    const [amounts, lost] = [gathered, operations];
    gathered = new Map();
    operations = 0;
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
    count: (keys) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(() => void send());
        waiting.push({ keys, resolve, reject });
      }),
    countLater: (keys) => {
      if (operations === 0) setTimeout(() => void sendGathered(), GATHER_MS);
      operations++;
      for (const key of keys) gathered.set(key, (gathered.get(key) ?? 0) + 1);
    },
  };
}

/** Gives each its own number of those that were counted together, in the order in which they came. */
function settle(waiters: readonly Waiter[], amounts: Map<string, number>, answers: readonly number[]): void {
  const msLeft = new Map<string, number>();
  let index = 0;
  for (const [key, amount] of amounts) {
    amounts.set(key, Number(answers[index]) - amount);
    msLeft.set(key, Number(answers[index + 1]));
    index += 2;
  }
  for (const { keys, resolve } of waiters) {
    resolve(
      keys.map((key) => {
        const count = (amounts.get(key) ?? 0) + 1;
        amounts.set(key, count);
        return { count, msLeft: msLeft.get(key) ?? 0 };
      }),
    );
  }
}
