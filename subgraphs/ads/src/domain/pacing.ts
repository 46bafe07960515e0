/** What a campaign did since it was last paced, and what it has left; amounts in thousandths of a minor unit. */
export interface Course {
  /** The share of auctions that it took part in. */
  readonly pace: number;
  /** What it would have spent a second at a pace of 1, as known before; null at first. */
  readonly capacity: number | null;
  /** What it spent since. */
  readonly spent: number;
  readonly elapsedSeconds: number;
  /** What is left to spend and the time for it: of the budget until the end, and of the day until midnight. */
  readonly left: readonly { readonly milli: number; readonly seconds: number }[];
}

export interface Pace {
  readonly pace: number;
  readonly capacity: number;
}

/** A campaign takes part in some auctions, or it would never learn that there are others. */
const LEAST_PACE = 0.001;
/** The weight of the latest time: one impression more or less says little. */
const LATEST = 0.2;

/**
 * The share of auctions in which a campaign spends what is left evenly over the time that is left. What it would spend in
 * all of them is learnt from what it did spend, so that the pace follows the traffic.
 */
export function nextPace({ pace, capacity, spent, elapsedSeconds, left }: Course): Pace {
  const observed = Math.max(0, spent) / elapsedSeconds / pace;
  const learnt = capacity === null ? observed : capacity + LATEST * (observed - capacity);
  const needed = Math.min(...left.map(({ milli, seconds }) => Math.max(0, milli) / Math.max(1, seconds)));
  const next = learnt > 0 ? needed / learnt : 1;
  return { pace: Math.min(1, Math.max(LEAST_PACE, next)), capacity: learnt };
}
