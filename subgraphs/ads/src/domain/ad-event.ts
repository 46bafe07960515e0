/** An impression or click of an ad, as activity recorded it. */
export interface AdEvent {
  readonly kind: 'IMPRESSION' | 'CLICK';
  readonly impressionToken: string;
  readonly at: string;
  /** Whether it looks like a robot. */
  readonly suspicious: boolean;
}

/** The end of a placement: when it was seen and when it was followed, as far as an event says. */
export interface Seen {
  readonly id: string;
  readonly impressionAt: string | null;
  readonly clickAt: string | null;
}

/**
 * The times of placements by events, one row each; of several events of a kind the earliest counts. Invalid traffic is left
 * out, and so is what bears no token of ours.
 *
 * @param placementIn the placement that a token is for; null for a forged one
 */
export function seenIn(events: readonly AdEvent[], placementIn: (token: string) => string | null): Seen[] {
  const seen = new Map<string, Seen>();
  for (const { kind, impressionToken, at, suspicious } of events) {
    const id = suspicious ? null : placementIn(impressionToken);
    if (id === null) continue;
    const { impressionAt, clickAt } = seen.get(id) ?? { impressionAt: null, clickAt: null };
    seen.set(id, {
      id,
      impressionAt: kind === 'IMPRESSION' ? earlier(impressionAt, at) : impressionAt,
      clickAt: kind === 'CLICK' ? earlier(clickAt, at) : clickAt,
    });
  }
  return [...seen.values()];
}

const earlier = (known: string | null, at: string): string =>
  known === null || Date.parse(at) < Date.parse(known) ? at : known;
