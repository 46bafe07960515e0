/** Spend of a campaign since it was last paced, and the rest; amounts in thousandths of a minor unit. */
export interface Course extends Pace {
  /** The spend since. */
  readonly spent: number;
  readonly elapsedSeconds: number;
  /** The rest to spend and the time for it: of the budget until the end, and of the day until midnight. */
  readonly left: readonly { readonly milli: number; readonly seconds: number }[];
}

export interface Pace {
  /** The share of auctions that a campaign takes part in. */
  readonly pace: number;
  /** Money that it could have spent by now and did not; negative when it is ahead of its time. */
  readonly allowance: number;
}

/** A campaign takes part in some auctions, or it would never learn that there are others. */
const LEAST_PACE = 0.000_01;
/** Money that could not be spent in this time is for the rest of the campaign. */
const CATCH_UP_SECONDS = 300;
/** By what it is due in this time, its pace doubles or halves. */
const DOUBLING_SECONDS = 30;

/**
 * The pace at which a campaign spends what is left evenly over the time that is left. It rises while the campaign is behind
 * and falls while it is ahead, so that it follows the traffic; what it was off is remembered, so that a single impression of
 * a small budget is waited for as long as it takes.
 */
export function nextPace({ pace, allowance, spent, elapsedSeconds, left }: Course): Pace {
  const needed = Math.min(...left.map(({ milli, seconds }) => Math.max(0, milli) / Math.max(1, seconds)));
  if (needed === 0) return { pace: LEAST_PACE, allowance: 0 };
  const due = Math.min(allowance + needed * elapsedSeconds - spent, needed * CATCH_UP_SECONDS);
  const change = 2 ** Math.max(-1, Math.min(1, due / (needed * DOUBLING_SECONDS)));
  return { pace: Math.min(1, Math.max(LEAST_PACE, pace * change)), allowance: due };
}
