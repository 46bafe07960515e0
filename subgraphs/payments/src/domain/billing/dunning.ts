import type { Mandate } from './mandate.ts';

const DAY_MS = 86_400_000;

/** Days from each declined attempt to the next: on days 1, 3, 5 and 7 after the first. */
const RETRY_GAPS: readonly number[] = [1, 2, 2, 2];

/** When a declined charge is tried again; null after the last attempt. @param failures attempts declined so far */
export function nextRetry(failures: number, now: Date): Date | null {
  const gap = RETRY_GAPS[failures - 1];
  return gap === undefined ? null : new Date(now.getTime() + gap * DAY_MS);
}

/** The last attempt of a mandate that is past due: it keeps its benefits until then. */
export function graceEndsAt({ status, failures, nextActionAt }: Mandate): Date | null {
  if (status !== 'PAST_DUE' || nextActionAt === null) return null;
  const days = RETRY_GAPS.slice(failures).reduce((sum, gap) => sum + gap, 0);
  return new Date(nextActionAt.getTime() + days * DAY_MS);
}
