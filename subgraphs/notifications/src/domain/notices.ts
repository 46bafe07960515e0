import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';
import { minutesText, moneyText, seatsText, sentence, timeText } from './wording.ts';

/** Decline codes in words for the customer; other codes are not explained. */
const DECLINE_REASONS: ReadonlyMap<string, string> = new Map([
  ['insufficient_funds', 'insufficient funds'],
  ['card_declined', 'the bank declined the card'],
  ['invalid_card', 'the card is not valid'],
  ['expired_card', 'the card has expired'],
  ['authentication_failed', 'the payment was not approved'],
]);

/** The notice of a paid booking. */
export function bookingConfirmed(event: PayloadOf<'booking.confirmed'>): Notice {
  const { customerId, bookingId, titleName, venueName, startsAt, timeZone, seats, total } = event;
  const when = timeText(new Date(startsAt), timeZone);
  return {
    userId: customerId,
    kind: 'BOOKING',
    bookingId,
    title: `Booked: ${titleName}`,
    body: `${titleName} at ${venueName}, ${when}. ${seatsText(seats)}. You paid ${moneyText(total)}.`,
  };
}

/** The notice that a booking or some of its tickets were cancelled, by the customer or with the show. */
export function bookingCancelled(event: PayloadOf<'booking.cancelled'>): Notice {
  const { customerId, bookingId, status, titleName, venueName, startsAt, timeZone, seats, reason } = event;
  const when = timeText(new Date(startsAt), timeZone);
  const what =
    status === 'CANCELLED'
      ? `Your booking for ${titleName} at ${venueName}, ${when}, was cancelled.`
      : `Some of your tickets for ${titleName} at ${venueName}, ${when}, were cancelled: ${seatsText(seats)}.`;
  return {
    userId: customerId,
    kind: 'BOOKING',
    bookingId,
    title: `Cancelled: ${titleName}`,
    body: [what, ...(reason === null ? [] : [sentence(reason)]), refundText(event)].join(' '),
  };
}

function refundText({ previousStatus, refund, refundTo }: PayloadOf<'booking.cancelled'>): string {
  if (refund !== null)
    return `${moneyText(refund)} is being refunded${refundTo === 'WALLET' ? ' to your wallet' : ''}.`;
  return previousStatus === 'PENDING_PAYMENT' ? 'You were not charged.' : 'Nothing is refunded.';
}

/** The notice that a booking moved to another show. */
export function bookingRescheduled(event: PayloadOf<'booking.rescheduled'>): Notice {
  const { customerId, bookingId, titleName, venueName, startsAt, timeZone, seats, priceDifference } = event;
  const { amount, currency } = priceDifference;
  const when = timeText(new Date(startsAt), timeZone);
  const refund = amount < 0 ? ` ${moneyText({ amount: -amount, currency })} is being refunded.` : '';
  return {
    userId: customerId,
    kind: 'BOOKING',
    bookingId,
    title: `Moved: ${titleName}`,
    body: `Your booking is now for ${titleName} at ${venueName}, ${when}. ${seatsText(seats)}. Your old tickets are no longer valid.${refund}`,
  };
}

/** The notice that a show was moved to another time. */
export function showMoved(event: PayloadOf<'booking.show-moved'>): Notice {
  const { customerId, bookingId, titleName, venueName, previousStartsAt, startsAt, timeZone } = event;
  const [before, after] = [previousStartsAt, startsAt].map((at) => timeText(new Date(at), timeZone));
  const until = event.freeCancellationUntil && timeText(new Date(event.freeCancellationUntil), timeZone);
  return {
    userId: customerId,
    kind: 'BOOKING',
    bookingId,
    title: `New time: ${titleName}`,
    body: `${titleName} at ${venueName} now starts on ${after} instead of ${before}. Your tickets stay valid.${until ? ` If it does not suit you, cancel for a full refund until ${until}.` : ''}`,
  };
}

/** The warning that a hold is about to expire; null when it has expired already. */
export function holdExpiring(event: PayloadOf<'booking.hold-expiring'>, now: Date): Notice | null {
  const { customerId, titleName, expiresAt } = event;
  const leftMs = Date.parse(expiresAt) - now.getTime();
  if (leftMs <= 0) return null;
  return {
    userId: customerId,
    kind: 'BOOKING',
    bookingId: null,
    title: `Your seats for ${titleName} are about to be released`,
    body: `They are held for ${minutesText(leftMs)} more. Book them before somebody else can.`,
  };
}

/** The notice that seats came free for a party that waits; null when the time to book them is over. */
export function waitlistOffered(event: PayloadOf<'booking.waitlist-offered'>, now: Date): Notice | null {
  const { customerId, titleName, venueName, startsAt, timeZone, partySize, expiresAt } = event;
  const leftMs = Date.parse(expiresAt) - now.getTime();
  if (leftMs <= 0) return null;
  const when = timeText(new Date(startsAt), timeZone);
  return {
    userId: customerId,
    kind: 'WAITLIST',
    bookingId: null,
    title: `${partySize === 1 ? 'A seat is' : 'Seats are'} free for you: ${titleName}`,
    body: `${titleName} at ${venueName}, ${when}. Held for you for ${minutesText(leftMs)}: book before somebody else can.`,
  };
}

/** The notice of a failed payment. */
export function paymentFailed(event: PayloadOf<'payment.failed'>): Notice {
  const { customerId, bookingId, amount, purpose, declineCode, titleName } = event;
  const what = purpose === 'WALLET_TOP_UP' ? 'top-up' : 'payment';
  const subject = titleName === undefined ? '' : ` for ${titleName}`;
  const reason = declineCode === null ? undefined : DECLINE_REASONS.get(declineCode);
  return {
    userId: customerId,
    kind: 'PAYMENT',
    bookingId,
    title: `Your ${what}${subject} did not go through`,
    body: `${moneyText(amount)} could not be charged${reason ? `: ${reason}` : ''}. ${advice(purpose)}`,
  };
}

function advice(purpose: PayloadOf<'payment.failed'>['purpose']): string {
  return purpose === 'WALLET_TOP_UP'
    ? 'Your wallet balance has not changed. Try again or use another card.'
    : 'Try again or pay another way while your seats are held.';
}

/** The notice of a refund. */
export function paymentRefunded({ customerId, bookingId, amount, method }: PayloadOf<'payment.refunded'>): Notice {
  const where =
    method === 'WALLET'
      ? 'is back in your wallet, to pay your next booking with.'
      : 'was refunded to your card. Banks may take a few days to show it.';
  return {
    userId: customerId,
    kind: 'PAYMENT',
    bookingId,
    title: `${moneyText(amount)} refunded`,
    body: `${moneyText(amount)} ${where}`,
  };
}
