import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** The notice of a paid booking. */
export function bookingConfirmed(event: PayloadOf<'booking.confirmed'>): Notice {
  const { seats, total } = event;
  return ofBooking(event, { key: 'bookingConfirmed', values: { ...showOf(event), seats, total } });
}

/** The notice that a booking or some of its tickets were cancelled: by the customer, with the show, or by a lost dispute. */
export function bookingCancelled(event: PayloadOf<'booking.cancelled'>): Notice {
  const { status, seats, reason, refund } = event;
  const part = status === 'CANCELLED' ? 'ALL' : 'SOME';
  const values = { ...showOf(event), part, seats, reason, refund, settlement: settlementOf(event) } as const;
  return { ...ofBooking(event, { key: 'bookingCancelled', values }), isBulk: event.by === 'VENUE' };
}

function settlementOf({ by, previousStatus, refund, refundTo }: PayloadOf<'booking.cancelled'>) {
  if (by === 'DISPUTE') return 'DISPUTED';
  if (refund !== null) return refundTo;
  return previousStatus === 'PENDING_PAYMENT' ? 'NOT_CHARGED' : 'NOTHING';
}

/** The notice that a booking moved to another show. */
export function bookingRescheduled(event: PayloadOf<'booking.rescheduled'>): Notice {
  const { amount, currency } = event.priceDifference;
  const refund = amount < 0 ? { amount: -amount, currency } : null;
  return ofBooking(event, { key: 'bookingRescheduled', values: { ...showOf(event), seats: event.seats, refund } });
}

/** The notice that a show was moved to another time. */
export function showMoved(event: PayloadOf<'booking.show-moved'>): Notice {
  const { previousStartsAt, timeZone, freeCancellationUntil: until } = event;
  const previousStarts = { at: previousStartsAt, timeZone };
  const freeUntil = until ? { at: until, timeZone } : null;
  const values = { ...showOf(event), previousStarts, freeUntil };
  return { ...ofBooking(event, { key: 'showMoved', values }), isBulk: true };
}

/** The warning that a hold is about to expire; null when it has expired already. */
export function holdExpiring(event: PayloadOf<'booking.hold-expiring'>, now: Date): Notice | null {
  const { customerId, showId, titleName, expiresAt } = event;
  const minutes = minutesUntil(expiresAt, now);
  if (minutes === null) return null;
  const notice = ofBooking({ customerId, bookingId: null }, { key: 'holdExpiring', values: { titleName, minutes } });
  // Over before anybody reads a mail.
  return { ...notice, about: { type: 'SHOW', id: showId }, never: ['EMAIL'], expiresAt: new Date(expiresAt) };
}

/** The notice that seats came free for a party that waits; null when the time to book them is over. */
export function waitlistOffered(event: PayloadOf<'booking.waitlist-offered'>, now: Date): Notice | null {
  const { customerId: userId, showId, partySize, expiresAt } = event;
  const minutes = minutesUntil(expiresAt, now);
  if (minutes === null) return null;
  const values = { ...showOf(event), partySize, minutes };
  const message = { key: 'waitlistOffered', values } as const;
  const about = { type: 'SHOW', id: showId } as const;
  return { userId, kind: 'WAITLIST', bookingId: null, about, message, expiresAt: new Date(expiresAt) };
}

/** Whole minutes, at least one; null when it is over. */
function minutesUntil(instant: string, now: Date): number | null {
  const ms = Date.parse(instant) - now.getTime();
  return ms <= 0 ? null : Math.max(1, Math.round(ms / 60_000));
}

/** The values by which messages name the show of an event. */
export function showOf({ titleName, venueName, startsAt, timeZone }: Performance) {
  return { titleName, venueName, starts: { at: startsAt, timeZone } };
}

interface Performance {
  readonly titleName: string;
  readonly venueName: string;
  readonly startsAt: string;
  readonly timeZone: string;
}

function ofBooking(
  { customerId: userId, bookingId }: { readonly customerId: string; readonly bookingId: string | null },
  message: Notice['message'],
): Notice {
  const topic = bookingId === null ? undefined : `booking ${bookingId}`;
  return { userId, kind: 'BOOKING', bookingId, message, topic };
}
