/** One step of a cancellation policy. */
export interface CancellationTier {
  /** Applies until this many hours before the start. */
  readonly hoursBefore: number;
  /** Share of the price refunded, 0 to 100. */
  readonly refundPercent: number;
}

/** The facts that decide on which terms a booking can be cancelled. */
export interface CancellationRights {
  /** The policy that it was made under. */
  readonly cancellationTiers: readonly CancellationTier[];
  /** Until when cancelling is free because the show was moved; null unless it was. */
  readonly freeCancellationUntil: Date | null;
}

/** The terms on which tickets can be cancelled now. */
export interface CancellationTerms {
  /** Share of the price refunded, 0 to 100. */
  readonly refundPercent: number;
  /** The terms get no worse before. */
  readonly validUntil: Date;
}

/** How long a quote is promised at most: nothing that a venue changes meanwhile makes it worse. */
const QUOTE_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * The terms of the policy that the booking was made under; null once its last step is over or the show has begun.
 *
 * A show that was moved can be cancelled for free for some time, whatever the policy.
 */
export function cancellationTerms(
  { cancellationTiers, freeCancellationUntil }: CancellationRights,
  startsAt: Date,
  now: Date,
): CancellationTerms | null {
  if (startsAt <= now) return null;
  const steps = cancellationTiers
    .map(({ hoursBefore, refundPercent }) => ({
      refundPercent,
      until: startsAt.getTime() - hoursBefore * HOUR_MS,
    }))
    .toSorted((a, b) => a.until - b.until);
  const free = freeCancellationUntil === null ? [] : [{ refundPercent: 100, until: freeCancellationUntil.getTime() }];
  const step = [...free, ...steps].find(({ until }) => until > now.getTime());
  if (!step) return null;
  const validUntil = new Date(Math.min(step.until, startsAt.getTime(), now.getTime() + QUOTE_MS));
  return { refundPercent: step.refundPercent, validUntil };
}

/** Whether the best step of the policy applies, so that moving the booking to another show gains no better terms. */
export function isOnBestTerms({ cancellationTiers }: CancellationRights, terms: CancellationTerms): boolean {
  return terms.refundPercent > 0 && cancellationTiers.every((tier) => tier.refundPercent <= terms.refundPercent);
}
