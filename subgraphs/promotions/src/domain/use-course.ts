import type { PayloadOf } from '@marquee/events';

import type { FollowedHold } from './ports.ts';

/** Changes of the use of a coupon, as its booking says. */
export interface UseStep extends FollowedHold {
  /** The booking was paid. */
  readonly redeemed: boolean;
  /** It has ended: somebody else, or the customer, can use the coupon. */
  readonly returned: boolean;
  /** Of the last event. */
  readonly traceparent: string | null;
}

interface Told {
  readonly payload: PayloadOf<'booking.coupon-changed'>;
  readonly traceparent?: string | null | undefined;
}

/** The steps that events of bookings tell, one for a hold. What is given back stays so, whatever comes after. */
export function stepsOf(events: readonly Told[]): UseStep[] {
  const steps = new Map<string, UseStep>();
  for (const { payload, traceparent = null } of events) {
    const { holdId, bookingId, status } = payload;
    const before = steps.get(holdId);
    if (status === 'NEEDS_REVIEW' || before?.returned) continue;
    const returned = status === 'EXPIRED' || status === 'CANCELLED';
    const redeemed = before?.redeemed || (!returned && status !== 'PENDING_PAYMENT');
    steps.set(holdId, { holdId, bookingId, redeemed, returned, traceparent });
  }
  return [...steps.values()];
}
