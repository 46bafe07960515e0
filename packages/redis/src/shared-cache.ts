import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

export type SharedCacheOutcome = 'hit' | 'load' | 'stale' | 'failed-load';

export interface SharedCacheOptions {
  /** The Redis that evicts; without one, the cache is this process's memory alone. */
  readonly redis: Redis | undefined;
  /** Of every key, with the namespace. */
  readonly prefix: string;
  /** How long an entry of the right version is answered without a load. */
  readonly freshMs: number;
  /** How long an entry is kept for when it cannot be loaded again. */
  readonly keepMs: number;
  /** Entries in this process's memory; others are in Redis alone. */
  readonly inMemory: number;
  readonly onRead?: (outcome: SharedCacheOutcome) => void;
}

interface Entry<Value> {
  readonly version: string;
  readonly freshUntil: number;
  readonly value: Value;
}

/** Redis is passed by for so long when it fails, or does not answer within the limit. */
const PAUSE_MS = 1_000;
const ANSWER_MS = 100;
/** The time for which one process alone loads an entry; afterwards others do too. */
const CLAIM_MS = 2_000;
const POLL_MS = 20;

/**
 * Values that are dear to load, in this process and in Redis. Values are JSON.
 *
 * A value has a version, which the reader knows: an entry of another version is not answered, so nothing has to be
 * deleted when the value changes. Callers who come together cause one load, whatever their process.
 */
export class SharedCache<Value extends object> {
  readonly #options: SharedCacheOptions;
  readonly #flights = new Map<string, Promise<Value>>();
  readonly #memory: LRUCache<string, Entry<Value>> | undefined;
  #pausedUntil = 0;

  constructor(options: SharedCacheOptions) {
    this.#options = options;
    const { inMemory: max, keepMs: ttl } = options;
    this.#memory = max > 0 ? new LRUCache({ max, ttl }) : undefined;
  }

  /**
   * The value of a key.
   *
   * @param version null when nobody knows it, as while the database is away: then any entry that is kept is answered
   * @throws what `load` throws, when no entry is kept
   */
  read(key: string, version: string | null, load: () => Promise<Value>): Promise<Value> {
    const known = this.#memory?.get(key);
    if (known && isCurrent(known, version)) return Promise.resolve(this.#answer('hit', known));
    const flight = `${key} ${version}`;
    const running = this.#flights.get(flight);
    if (running) return running;
    const started = this.#find(key, version, load).finally(() => this.#flights.delete(flight));
    this.#flights.set(flight, started);
    return started;
  }

  async #find(key: string, version: string | null, load: () => Promise<Value>): Promise<Value> {
    const kept = (await this.#shared(key)) ?? this.#memory?.get(key);
    if (kept && isCurrent(kept, version)) return this.#answer('hit', this.#remember(key, kept));
    const claim = `claim:${key}:${version}`;
    if (!(await this.#claims(claim))) {
      if (kept?.version === version) return this.#answer('stale', kept);
      const loaded = await this.#loadedByOther(key, version);
      if (loaded) return this.#answer('hit', this.#remember(key, loaded));
    }
    try {
      return this.#answer('load', await this.#keep(key, { version: version ?? '', value: await load() }));
    } catch (error) {
      if (!kept) throw error;
      return this.#answer('failed-load', kept);
    } finally {
      await this.#ask((redis) => redis.del(this.#name(claim)));
    }
  }

  #answer(outcome: SharedCacheOutcome, { value }: Entry<Value>): Value {
    this.#options.onRead?.(outcome);
    return value;
  }

  #remember(key: string, entry: Entry<Value>): Entry<Value> {
    this.#memory?.set(key, entry);
    return entry;
  }

  async #keep(key: string, loaded: Omit<Entry<Value>, 'freshUntil'>): Promise<Entry<Value>> {
    const { freshMs, keepMs } = this.#options;
    const entry = { ...loaded, freshUntil: Date.now() + freshMs };
    await this.#ask((redis) => redis.set(this.#name(key), JSON.stringify(entry), 'PX', keepMs));
    return this.#remember(key, entry);
  }

  async #shared(key: string): Promise<Entry<Value> | undefined> {
    const text = await this.#ask((redis) => redis.get(this.#name(key)));
    return text ? (JSON.parse(text) as Entry<Value>) : undefined;
  }

  /** Whether this process is to load; so is everybody while Redis is away. */
  async #claims(claim: string): Promise<boolean> {
    const answer = await this.#ask(
      async (redis) => (await redis.set(this.#name(claim), '1', 'PX', CLAIM_MS, 'NX')) ?? 'taken',
    );
    return answer !== 'taken';
  }

  async #loadedByOther(key: string, version: string | null): Promise<Entry<Value> | undefined> {
    for (let waited = 0; waited < CLAIM_MS; waited += POLL_MS) {
      await sleep(POLL_MS);
      const entry = await this.#shared(key);
      if (entry && isCurrent(entry, version)) return entry;
      if (this.#isAway()) return undefined;
    }
    return undefined;
  }

  #name(key: string): string {
    return `${this.#options.prefix}:${key}`;
  }

  #isAway(): boolean {
    const { redis } = this.#options;
    return redis?.status !== 'ready' || Date.now() < this.#pausedUntil;
  }

  /** The answer of Redis; undefined while it is away. */
  async #ask<Answer>(command: (redis: Redis) => Promise<Answer>): Promise<Answer | undefined> {
    const { redis } = this.#options;
    if (!redis || this.#isAway()) return undefined;
    const late = new AbortController();
    const tooLate = sleep(ANSWER_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(`Redis took longer than ${ANSWER_MS} ms`);
    });
    try {
      return await Promise.race([command(redis), tooLate]);
    } catch {
      this.#pausedUntil = Date.now() + PAUSE_MS;
      return undefined;
    } finally {
      late.abort();
      tooLate.catch(() => undefined);
    }
  }
}

function isCurrent<Value>(entry: Entry<Value>, version: string | null): boolean {
  return version === null || (entry.version === version && Date.now() < entry.freshUntil);
}
