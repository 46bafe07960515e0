import { badInput } from '@marquee/errors';

import type { AppliedPayment, Booking, PendingReschedule } from './booking.ts';
import type { BookedTicket } from './cancellation.ts';
import { partsOf, type PriceParts, subtractParts } from './refund.ts';
import { paymentsOf, type PaymentRefund, reducedPayments, refundSources } from './refund-sources.ts';
import type { Show } from './show.ts';

/** Where a booking moves. */
export type Destination = Omit<PendingReschedule, 'expiresAt'>;

/** A change of a booking to another show, decided on its row as it was. */
export interface Reschedule {
  readonly booking: Booking;
  /** All that are valid; they are replaced. */
  readonly tickets: readonly BookedTicket[];
  readonly to: Destination;
}

/** How a booking's payments pay the new price. */
export interface Settlement {
  readonly payments: readonly AppliedPayment[];
  /** Refunds, to the method of payment, of the amount by which the new price is lower. */
  readonly refunds: readonly PaymentRefund[];
}

/** The new price less the old one, in minor units. */
export const differenceOf = ({ booking, to }: Pick<Reschedule, 'booking' | 'to'>): number =>
  to.price.total - booking.price.total;

/**
 * The parts of the difference, which is paid on top or given back. What a coupon takes off a dearer show it has taken off
 * already, so that none of the difference is a coupon's.
 */
export function differenceParts({ booking, to }: Pick<Reschedule, 'booking' | 'to'>): PriceParts {
  const [lower, higher] = booking.price.total < to.price.total ? [booking.price, to.price] : [to.price, booking.price];
  const parts = subtractParts(higher, lower);
  if (Object.values(parts).every((part) => part >= 0)) return parts;
  return partsOf(higher.total - lower.total, { ...higher, discount: 0 });
}

/** @param payment of the difference; null when there is none to pay */
export function settlementOf(change: Pick<Reschedule, 'booking' | 'to'>, payment: AppliedPayment | null): Settlement {
  const { booking } = change;
  if (payment !== null) return { payments: [...paymentsOf(booking), payment], refunds: [] };
  const amount = -differenceOf(change);
  const refunds = amount === 0 ? [] : refundSources(booking, { amount, parts: differenceParts(change) });
  return { payments: reducedPayments(booking, amount), refunds };
}

/**
 * A booking moves within an organiser's shows in one city: of the same title, or at the same venue. So its price, its tax
 * and whom it is owed to stay comparable.
 *
 * @throws {CodedError} BAD_USER_INPUT
 */
export function assertReachable(from: Show, to: Show): void {
  if (to.id === from.id) throw badInput('input.showId', 'Choose another show than that of the booking.');
  const isRelated = to.titleId === from.titleId || to.venueId === from.venueId;
  if (isRelated && to.cityCode === from.cityCode && to.organisationId === from.organisationId) return;
  throw badInput('input.showId', 'Choose a show of the same title or at the same venue, by the same organiser.');
}
