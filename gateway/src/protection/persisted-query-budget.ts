import { LRUCache } from 'lru-cache';
import { TokenBucket } from './holdings/message-rates.ts';

/** New texts a minute; each 1,000 characters of a text count as one. */
export interface PersistedQuerySettings {
  readonly newPerMinutePerNetwork: number;
  /** From all clients of this process. */
  readonly newPerMinute: number;
}

export const DEFAULT_PERSISTED_QUERIES: PersistedQuerySettings = { newPerMinutePerNetwork: 120, newPerMinute: 1_200 };

const CHARACTERS_PER_TEXT = 1_000;

/** Networks whose use is remembered. */
const MAX_NETWORKS = 10_000;

/** How many new texts may be kept, by network and in all; a minute's worth may come at once. */
export class PersistedQueryBudget {
  readonly #settings: PersistedQuerySettings;
  readonly #now: () => number;
  readonly #all: TokenBucket;
  readonly #networks = new LRUCache<string, TokenBucket>({ max: MAX_NETWORKS });

  constructor(settings: PersistedQuerySettings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
    this.#all = perMinute(settings.newPerMinute);
  }

  /** @returns whether the budgets allow the text; the network's comes first, so that it cannot use up that of all */
  take(query: string, network: string): boolean {
    const amount = Math.ceil(query.length / CHARACTERS_PER_TEXT);
    const now = this.#now();
    return this.#bucketOf(network).take(amount, now) && this.#all.take(amount, now);
  }

  #bucketOf(network: string): TokenBucket {
    const known = this.#networks.get(network);
    if (known) return known;
    const bucket = perMinute(this.#settings.newPerMinutePerNetwork);
    this.#networks.set(network, bucket);
    return bucket;
  }
}

function perMinute(amount: number): TokenBucket {
  return new TokenBucket(amount / 60, 60);
}
