import { networkOf } from '@marquee/identity';
import { LRUCache } from 'lru-cache';
import type { Asker } from '../request/asker.ts';

/** New plans a minute. */
export interface PlanningBudgetSettings {
  /** Of one signed-in user. */
  readonly perCaller: number;
  /** Of one network, over all callers. */
  readonly perNetwork: number;
}

const WINDOW_MS = 60_000;
const MAX_WINDOWS = 10_000;

interface Window {
  planned: number;
  /** Epoch ms. */
  readonly endsAt: number;
}

/** Counts new plans by caller and by network, in this process: what it protects is the processor of this process. */
export class PlanningBudget {
  readonly #settings: PlanningBudgetSettings;
  readonly #now: () => number;
  readonly #windows = new LRUCache<string, Window>({ max: MAX_WINDOWS });

  constructor(settings: PlanningBudgetSettings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
  }

  /** Spends one plan. @returns undefined, or the milliseconds until there are more */
  spend(asker: Asker): number | undefined {
    const accounts = this.#accountsOf(asker);
    const exhausted = accounts.filter(({ window, max }) => window.planned >= max);
    if (exhausted.length > 0) return Math.max(...exhausted.map(({ window }) => window.endsAt - this.#now()));
    for (const { window } of accounts) window.planned++;
    return undefined;
  }

  /** Spends all of the minute: a plan that blocked a thread costs others as much as many. */
  exhaust(asker: Asker): void {
    for (const { window, max } of this.#accountsOf(asker)) window.planned = max;
  }

  #accountsOf({ identity: { caller }, client }: Asker): { readonly window: Window; readonly max: number }[] {
    const { perCaller, perNetwork } = this.#settings;
    return [
      { window: this.#windowOf(`network:${sourceOf({ client })}`), max: perNetwork },
      ...(caller.kind === 'user' ? [{ window: this.#windowOf(`caller:${caller.userId}`), max: perCaller }] : []),
    ];
  }

  #windowOf(key: string): Window {
    const known = this.#windows.get(key);
    if (known !== undefined && known.endsAt > this.#now()) return known;
    const fresh = { planned: 0, endsAt: this.#now() + WINDOW_MS };
    this.#windows.set(key, fresh);
    return fresh;
  }
}

/** The network that shares a turn in the queue. */
export function sourceOf({ client }: Pick<Asker, 'client'>): string {
  return client?.address ? networkOf(client.address) : 'unknown';
}
