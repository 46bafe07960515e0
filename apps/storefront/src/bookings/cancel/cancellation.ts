import type { CancelBookingMutation, RefundTarget } from '../../generated/graphql.ts';

type Cancelled = Extract<CancelBookingMutation['cancelBooking'], { readonly __typename: 'CancelBookingPayload' }>;

/** What one is told after the tickets are cancelled. */
export interface Cancellation {
  readonly count: number;
  readonly refund: Cancelled['refund'];
  readonly refundTo: RefundTarget;
}
