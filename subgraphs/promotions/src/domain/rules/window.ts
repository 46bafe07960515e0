import type { Rejection, Rule } from './rule.ts';

export const EXPIRED: Rejection = {
  reason: 'EXPIRED',
  message: 'This coupon has ended. Try another, or book without one.',
};

/** A coupon is used between its start and its end, until somebody ends it. */
export const window: Rule = ({ coupon: { startsAt, endsAt, disabledAt, readAt: at } }) => {
  if (startsAt > at) return { reason: 'NOT_STARTED', message: 'This coupon cannot be used yet. Try it later.' };
  return endsAt > at && disabledAt === null ? null : EXPIRED;
};
