import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';
import { minutesText, moneyText, seatsText, timeText } from './wording.ts';

/** Why a payment was declined, in words for who paid; codes that are not here say nothing to a person. */
const DECLINE_REASONS: ReadonlyMap<string, string> = new Map([
  ['insufficient_funds', 'there was not enough money'],
  ['card_declined', 'the bank declined the card'],
  ['invalid_card', 'the card is not valid'],
  ['expired_card', 'the card has expired'],
  ['authentication_failed', 'the payment was not approved'],
]);

/** Tells a customer that their seats are theirs. */
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

/** Warns a customer whose hold is about to end; null when it has ended, and the warning would come too late. */
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

/** Tells a customer that a payment did not go through. */
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
    body: `${moneyText(amount)} could not be taken${reason ? `: ${reason}` : ''}. ${advice(purpose)}`,
  };
}

function advice(purpose: PayloadOf<'payment.failed'>['purpose']): string {
  return purpose === 'WALLET_TOP_UP'
    ? 'Your wallet is as it was. Try again, or use another card.'
    : 'Try again, or pay in another way, while your seats are kept.';
}

/** Tells a customer that they get money back. */
export function paymentRefunded({ customerId, bookingId, amount }: PayloadOf<'payment.refunded'>): Notice {
  return {
    userId: customerId,
    kind: 'PAYMENT',
    bookingId,
    title: `${moneyText(amount)} refunded`,
    body: `We have sent ${moneyText(amount)} back to where you paid from. A bank may take some days to show it.`,
  };
}
