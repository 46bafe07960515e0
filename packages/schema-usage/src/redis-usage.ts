import { connectOnce } from '@marquee/redis';
import type { Redis } from 'ioredis';
import { DamagedUsageError, UsageUnavailableError } from './errors.ts';
import { startOfDay, usageKeys, type UsageKeys } from './keys.ts';
import { operationPart } from './operation-hash.ts';
import { OTHER, OTHER_OPERATION } from './other.ts';
import {
  type CounterName,
  readCounterField,
  readNumber,
  readOperation,
  type StoredOperation,
} from './record-format.ts';
import type { UsageRecord, UsageSource, UsageTotals } from './usage.ts';

export interface RedisUsageOptions {
  readonly url: string;
  /** The prefix of all keys; `marquee` by default. */
  readonly namespace?: string;
}

/** A counter summed over the days of a window. */
interface Counter extends CounterName {
  count: number;
  lastSeen: number;
}

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 10_000;

/** Reads the usage that gateways wrote to Redis. Connects on the first query, within two seconds. */
export function redisUsage({ url, namespace = 'marquee' }: RedisUsageOptions): UsageSource {
  const store = new Store(url, usageKeys(namespace));
  return {
    usageOf: async (coordinates, since) => {
      const counters = await store.counters(since);
      const operations = await store.operations(new Set(counters.map(({ hash }) => hash)));
      return recordsOf(counters, operations, new Set(coordinates));
    },
    totals: async (since) => totalsOf(await store.counters(since), await store.firstDay(since)),
    close: () => store.close(),
  };
}

class Store {
  readonly #url: string;
  readonly #keys: UsageKeys;
  #connection: Promise<Redis> | undefined;

  constructor(url: string, keys: UsageKeys) {
    this.#url = url;
    this.#keys = keys;
  }

  /** All counters of the window. @throws {UsageUnavailableError | DamagedUsageError} */
  async counters(since: Date): Promise<Counter[]> {
    const sums = new Map<string, Counter>();
    for (const day of await this.#days(since)) {
      const key = this.#keys.counts(day);
      const counts = await this.#hash(key);
      const seen = await this.#hash(this.#keys.seen(day));
      for (const [field, value] of Object.entries(counts)) {
        const known = sums.get(field);
        const name = known ?? readCounterField(key, field);
        const count = readNumber(key, field, value);
        const lastSeen = readNumber(this.#keys.seen(day), field, seen[field]);
        if (lastSeen < since.getTime()) continue;
        if (known === undefined) sums.set(field, { ...name, count, lastSeen });
        else {
          known.count += count;
          known.lastSeen = Math.max(known.lastSeen, lastSeen);
        }
      }
    }
    return [...sums.values()];
  }

  async firstDay(since: Date): Promise<Date | undefined> {
    const [day] = await this.#days(since);
    return day === undefined ? undefined : new Date(day);
  }

  /** @throws {UsageUnavailableError | DamagedUsageError} */
  async operations(hashes: ReadonlySet<string>): Promise<Map<string, StoredOperation>> {
    const stored = [...hashes].filter((hash) => hash !== OTHER);
    const operations = new Map<string, StoredOperation>([[OTHER, OTHER_OPERATION]]);
    if (stored.length === 0) return operations;
    const keys = stored.map((hash) => this.#keys.operation(hash));
    const values = await this.#query((redis) => redis.mget(keys));
    for (const [index, hash] of stored.entries()) {
      operations.set(hash, readOperation(this.#keys.operation(hash), values[index] ?? null));
    }
    return operations;
  }

  async close(): Promise<void> {
    const redis = await this.#connection?.catch(() => undefined);
    redis?.disconnect();
  }

  /** Oldest first. */
  async #days(since: Date): Promise<string[]> {
    const key = this.#keys.days;
    const days = await this.#query((redis) => redis.zrangebyscore(key, startOfDay(since), '+inf'), key);
    for (const day of days) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new DamagedUsageError(`${key} ${day}`, 'it is not a day');
    }
    return days;
  }

  #hash(key: string): Promise<Record<string, string>> {
    return this.#query((redis) => redis.hgetall(key), key);
  }

  /** @param key the key to name in the error when its type is wrong */
  async #query<T>(question: (redis: Redis) => Promise<T>, key?: string): Promise<T> {
    this.#connection ??= connect(this.#url);
    try {
      return await question(await this.#connection);
    } catch (error) {
      if (key !== undefined && error instanceof Error && error.message.startsWith('WRONGTYPE')) {
        throw new DamagedUsageError(key, 'it has the wrong type');
      }
      throw error instanceof UsageUnavailableError ? error : new UsageUnavailableError(this.#url, error);
    }
  }
}

async function connect(url: string): Promise<Redis> {
  if (!/^rediss?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new UsageUnavailableError(url, new Error('it is not a redis:// URL'));
  }
  try {
    return await connectOnce(url, { connectTimeoutMs: CONNECT_TIMEOUT_MS, commandTimeoutMs: COMMAND_TIMEOUT_MS });
  } catch (error) {
    throw new UsageUnavailableError(url, error);
  }
}

function recordsOf(
  counters: readonly Counter[],
  operations: ReadonlyMap<string, StoredOperation>,
  asked: ReadonlySet<string>,
): UsageRecord[] {
  const records = new Map<string, UsageRecord>();
  for (const { client, version, hash, coordinate, count, lastSeen } of counters) {
    const { name, coordinates } = operations.get(hash) ?? OTHER_OPERATION;
    const operationHash = operationPart(hash);
    for (const used of usedBy(coordinates, coordinate)) {
      if (!asked.has(used)) continue;
      const line = JSON.stringify([used, client, version, operationHash]);
      const known = records.get(line);
      records.set(line, {
        coordinate: used,
        client,
        version,
        operation: name,
        operationHash,
        count: count + (known?.count ?? 0),
        lastSeen: new Date(Math.max(lastSeen, known?.lastSeen.getTime() ?? 0)),
      });
    }
  }
  return [...records.values()];
}

/** The coordinates that a counter stands for; those that the operation always uses are counted with it already. */
function usedBy(coordinates: readonly string[], named: string | undefined): readonly string[] {
  if (named === undefined) return coordinates;
  return coordinates.includes(named) ? [] : [named];
}

function totalsOf(counters: readonly Counter[], recordedSince: Date | undefined): UsageTotals {
  const byClient = new Map<string, number>();
  let requests = 0;
  for (const { client, coordinate, count } of counters) {
    if (coordinate !== undefined) continue;
    requests += count;
    byClient.set(client, (byClient.get(client) ?? 0) + count);
  }
  return { requests, byClient, ...(recordedSince === undefined ? {} : { recordedSince }) };
}
