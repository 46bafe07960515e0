import { badInput } from '@marquee/errors';

/** A step of a cancellation policy. */
export interface CancellationTier {
  /** Until how many hours before the start it holds. */
  readonly hoursBefore: number;
  /** How much of the price is paid back, 0 to 100. */
  readonly refundPercent: number;
}

/** What holds where a partner states nothing. */
export const STANDARD_CANCELLATION: readonly CancellationTier[] = [
  { hoursBefore: 24, refundPercent: 100 },
  { hoursBefore: 2, refundPercent: 50 },
];

const MAX_TIERS = 10;
const MAX_HOURS = 8_760;

/**
 * The steps in order, the longest time before the start first.
 *
 * @throws {CodedError} BAD_USER_INPUT for numbers out of range, two steps at one time, or a step that pays back more
 *   than one further ahead of the start
 */
export function cancellationTiers(field: string, tiers: readonly CancellationTier[]): CancellationTier[] {
  if (tiers.length > MAX_TIERS) throw badInput(field, `Give ${MAX_TIERS} steps at most.`);
  for (const [index, { hoursBefore, refundPercent }] of tiers.entries()) {
    if (hoursBefore < 0 || hoursBefore > MAX_HOURS) {
      throw badInput(`${field}.${index}.hoursBefore`, `It is from 0 to ${MAX_HOURS} hours.`);
    }
    if (refundPercent < 0 || refundPercent > 100) {
      throw badInput(`${field}.${index}.refundPercent`, 'It is from 0 to 100 percent.');
    }
  }
  const ordered = tiers.toSorted((a, b) => b.hoursBefore - a.hoursBefore);
  for (const [index, tier] of ordered.entries()) {
    const earlier = ordered[index - 1];
    if (!earlier) continue;
    if (earlier.hoursBefore === tier.hoursBefore) throw badInput(field, 'Two steps hold until the same time.');
    if (earlier.refundPercent < tier.refundPercent) {
      throw badInput(field, 'Nearer to the start no more may be paid back than before.');
    }
  }
  return ordered.map(({ hoursBefore, refundPercent }) => ({ hoursBefore, refundPercent }));
}

/** The policy in a sentence. @param tiers in order, the longest time before the start first */
export function cancellationSummary(tiers: readonly CancellationTier[]): string {
  const paying = tiers.filter(({ refundPercent }) => refundPercent > 0);
  if (paying.length === 0) return 'No refund.';
  const steps = paying.map(({ hoursBefore, refundPercent }) => `${share(refundPercent)} until ${moment(hoursBefore)}`);
  const sentence = steps.join(', ');
  const until = paying.at(-1)?.hoursBefore === 0 ? '' : ', then none';
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${until}.`;
}

function share(percent: number): string {
  return percent === 100 ? 'full refund' : `${percent}% refund`;
}

function moment(hours: number): string {
  if (hours === 0) return 'the start';
  const days = hours / 24;
  const text = days >= 2 && Number.isInteger(days) ? `${days} days` : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return `${text} before the start`;
}
