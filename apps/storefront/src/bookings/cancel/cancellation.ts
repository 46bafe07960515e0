import type { CancelBookingMutation, RefundTarget } from '../../generated/graphql.ts';

type Cancelled = Extract<CancelBookingMutation['cancelBooking'], { readonly __typename: 'CancelBookingPayload' }>;

/** The result after the tickets are cancelled. */
export interface Cancellation {
  readonly count: number;
  readonly refund: Cancelled['refund'];
  readonly refundTo: RefundTarget;
}
