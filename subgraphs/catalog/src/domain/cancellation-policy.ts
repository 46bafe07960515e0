import { badInput } from '@marquee/errors';

/** One step of a cancellation policy. */
export interface CancellationTier {
  /** Applies until this many hours before the start. */
  readonly hoursBefore: number;
  /** Share of the price refunded, 0 to 100. */
  readonly refundPercent: number;
}

/** The policy of shows that state none. */
export const STANDARD_CANCELLATION: readonly CancellationTier[] = [
  { hoursBefore: 24, refundPercent: 100 },
  { hoursBefore: 2, refundPercent: 50 },
];

const MAX_TIERS = 10;
const MAX_HOURS = 365 * 24;

/**
 * The steps in order, earliest deadline first.
 *
 * @throws {CodedError} BAD_USER_INPUT for numbers out of range, two steps with the same deadline, and refunds that
 *   increase closer to the show
 */
export function cancellationTiers(field: string, tiers: readonly CancellationTier[]): CancellationTier[] {
  if (tiers.length > MAX_TIERS) throw badInput(field, `Enter at most ${MAX_TIERS} steps.`);
  for (const [index, { hoursBefore, refundPercent }] of tiers.entries()) {
    if (hoursBefore < 0 || hoursBefore > MAX_HOURS) {
      throw badInput(`${field}.${index}.hoursBefore`, `Enter 0 to ${MAX_HOURS} hours.`);
    }
    if (refundPercent < 0 || refundPercent > 100) {
      throw badInput(`${field}.${index}.refundPercent`, 'Enter 0 to 100 percent.');
    }
  }
  const ordered = tiers.toSorted((a, b) => b.hoursBefore - a.hoursBefore);
  for (const [index, tier] of ordered.entries()) {
    const earlier = ordered[index - 1];
    if (!earlier) continue;
    if (earlier.hoursBefore === tier.hoursBefore) throw badInput(field, 'Enter different hours for each step.');
    if (earlier.refundPercent < tier.refundPercent) {
      throw badInput(field, 'Refund percentages cannot increase closer to the show.');
    }
  }
  return ordered.map(({ hoursBefore, refundPercent }) => ({ hoursBefore, refundPercent }));
}

/** The policy as a sentence. @param tiers earliest deadline first */
export function cancellationSummary(tiers: readonly CancellationTier[]): string {
  const refunding = tiers.filter(({ refundPercent }) => refundPercent > 0);
  if (refunding.length === 0) return 'No refund.';
  const steps = refunding.map(
    ({ hoursBefore, refundPercent }) => `${refund(refundPercent)} until ${deadline(hoursBefore)}`,
  );
  const sentence = steps.join(', ');
  const ending = refunding.at(-1)?.hoursBefore === 0 ? '' : ', then none';
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${ending}.`;
}

function refund(percent: number): string {
  return percent === 100 ? 'full refund' : `${percent}% refund`;
}

function deadline(hours: number): string {
  if (hours === 0) return 'the start';
  const days = hours / 24;
  const text = days >= 2 && Number.isInteger(days) ? `${days} days` : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return `${text} before the start`;
}
