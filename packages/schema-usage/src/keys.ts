const DAY_MS = 86_400_000;

/** The Redis keys of usage. A day is written `2026-11-24`, in UTC. */
export interface UsageKeys {
  /** Sorted set: the days with counts, by their start in epoch ms. */
  readonly days: string;
  /** Hash: requests by client, version and operation, and uses of coordinates that only variables name. */
  counts(day: string): string;
  /** Hash: epoch ms of the last use, by the same fields. */
  seen(day: string): string;
  /** JSON: an operation's name and coordinates. */
  operation(hash: string): string;
}

export function usageKeys(namespace: string): UsageKeys {
  const prefix = `${namespace}:schema-usage`;
  return {
    days: `${prefix}:days`,
    counts: (day) => `${prefix}:${day}:counts`,
    seen: (day) => `${prefix}:${day}:seen`,
    operation: (hash) => `${prefix}:operation:${hash}`,
  };
}

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The start of the UTC day, in epoch ms. */
export function startOfDay(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS) * DAY_MS;
}
