/** Folds the events of a booking into its row. Each statement that changes the row appends the event that says how. */
import type {
  AppliedPayment,
  BookedCoupon,
  Booking,
  FailedRefund,
  PendingReschedule,
  TimelineType,
} from './booking.ts';
import { type ReviewDecision, reviewDecided, withFailedRefund } from './booking-review.ts';
import type { CancellationTier } from './cancellation-policy.ts';
import type { PricedSeat } from './hold.ts';
import type { Price } from './price.ts';
import { isOtherPayment, paymentsOf, reducedPayments } from './refund-sources.ts';

/** All that a booking's row says, and the seats that have a valid ticket. */
export interface BookingState extends Omit<Booking, 'id' | 'cityCode'> {
  readonly holdId: string | null;
  readonly venueId: string;
  readonly complimentaryReason: string | null;
  /** In order. */
  readonly ticketSeatIds: readonly string[];
}

/** An event of a booking, oldest first in its history. */
export interface BookingEvent {
  readonly type: TimelineType;
  readonly version: number;
  readonly at: Date;
  readonly data: unknown;
}

interface Requested {
  readonly customerId: string;
  readonly showId: string;
  readonly venueId: string;
  readonly holdId: string | null;
  readonly seats: readonly PricedSeat[];
  readonly price: Price;
  /** Absent in events of before coupons. */
  readonly coupon?: BookedCoupon | null;
  readonly expiresAt: string;
  readonly cancellationTiers: readonly CancellationTier[];
  readonly complimentaryReason?: string;
}

interface Rescheduled extends Pick<PendingReschedule, 'showId' | 'venueId' | 'seats' | 'price' | 'coupon'> {
  /** The payment of the difference; null when there was none to pay. */
  readonly payment: AppliedPayment | null;
}

type Change = Partial<BookingState>;

const CHANGES: Readonly<Record<Exclude<TimelineType, 'REQUESTED'>, (state: BookingState, data: never) => Change>> = {
  PAYMENT_FAILED: () => ({}),
  CONFIRMED: ({ seats }, { paymentId }: { paymentId: string | null }) => ({
    ...{ status: 'CONFIRMED', paymentId, refunded: 0 },
    ticketSeatIds: idsOf(seats),
  }),
  EXPIRED: () => ({ status: 'EXPIRED' }),
  CANCELLED: (state, { seatIds, refund }: { seatIds: readonly string[]; refund: number }) => {
    const left = state.ticketSeatIds.filter((id) => !seatIds.includes(id));
    return {
      ...{ status: left.length === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED', ticketSeatIds: left },
      ...{ refundRequested: state.refundRequested + refund, pendingReschedule: null },
    };
  },
  REFUND_REQUESTED: () => ({}),
  REFUNDED: (state, { paymentId, amount }: { paymentId?: string; amount: number }) =>
    paymentId !== undefined && isOtherPayment(state, paymentId) ? {} : { refunded: state.refunded + amount },
  NEEDS_REVIEW: (state, refund: FailedRefund) => withFailedRefund(state, refund),
  REVIEW_DECIDED: (state, decision: ReviewDecision) => reviewDecided(state, decision),
  SHOW_MOVED: (_state, { freeCancellationUntil }: { freeCancellationUntil: string }) => ({
    freeCancellationUntil: new Date(freeCancellationUntil),
  }),
  RESCHEDULE_REQUESTED: (_state, pendingReschedule: PendingReschedule) => ({ pendingReschedule }),
  RESCHEDULE_EXPIRED: () => ({ pendingReschedule: null }),
  RESCHEDULED: reschedule,
  COMPLETED: () => ({ status: 'COMPLETED' }),
};

/** @throws when the history does not begin with the booking's request */
export function foldHistory(events: readonly BookingEvent[]): BookingState {
  const [first, ...later] = events;
  if (first?.type !== 'REQUESTED') throw new Error('the history does not begin with REQUESTED');
  return later.reduce((state, { type, version, data }) => {
    if (type === 'REQUESTED') throw new Error('the history has REQUESTED twice');
    return { ...state, ...CHANGES[type](state, data as never), version };
  }, requested(first));
}

function requested({ at, version, data }: BookingEvent): BookingState {
  const { expiresAt, complimentaryReason = null, coupon = null, ...of } = data as Requested;
  return {
    ...{ ...of, complimentaryReason, coupon, version, createdAt: at, expiresAt: new Date(expiresAt) },
    ...{ status: 'PENDING_PAYMENT', refunded: 0, refundRequested: 0, paymentId: null, payments: null },
    ...{ freeCancellationUntil: null, pendingReschedule: null, review: null, ticketSeatIds: [] },
  };
}

/** The amount by which the new price is lower is given back: `refunded` waits for it below zero. */
function reschedule(state: BookingState, { payment, ...to }: Rescheduled): Change {
  const difference = to.price.total - state.price.total;
  return {
    ...{ ...to, pendingReschedule: null, freeCancellationUntil: null, ticketSeatIds: idsOf(to.seats) },
    payments: payment === null ? reducedPayments(state, -difference) : [...paymentsOf(state), payment],
    refunded: state.refunded + Math.min(0, difference),
  };
}

const idsOf = (seats: readonly { readonly id: string }[]): string[] => seats.map(({ id }) => id).toSorted();
