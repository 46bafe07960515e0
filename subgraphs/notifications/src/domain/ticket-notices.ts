import type { PayloadOf } from '@marquee/events';

import { showOf } from './notices.ts';
import type { Notice } from './notification.ts';

type TransferChanged = PayloadOf<'booking.transfer-changed'>;

const TO_SENDER = {
  OFFERED: 'ticketsOffered',
  ACCEPTED: 'ticketsPassedOn',
  TAKEN_BACK: 'ticketsTakenBack',
  EXPIRED: 'ticketsNotAccepted',
} as const satisfies Readonly<Record<TransferChanged['change'], string>>;

/** The notices of an offer of tickets: to who made it, and once it is accepted to who has them now. */
export function transferChanged(event: TransferChanged): readonly Notice[] {
  const { change, senderId, recipientId, isComplimentary, seats } = event;
  const values = { ...showOf(event), seats };
  const toRecipient = recipientId === null ? [] : [ofTickets(recipientId, { key: 'ticketsReceived', values })];
  // The box office knows which tickets it gives away, and is told of those that come back by their booking.
  return isComplimentary ? toRecipient : [ofTickets(senderId, { key: TO_SENDER[change], values }), ...toRecipient];
}

/** The notice of a venue's change to somebody whom tickets were passed on to. */
export function passedOnTicketsChanged(event: PayloadOf<'booking.passed-on-tickets-changed'>): Notice {
  const { holderId, change, previousStartsAt, startsAt, timeZone, seats, reason } = event;
  const tickets = { ...showOf(event), seats };
  if (change === 'CANCELLED')
    return {
      ...ofTickets(holderId, { key: 'passedOnTicketsCancelled', values: { ...tickets, reason } }),
      isBulk: true,
    };
  const previousStarts = { at: previousStartsAt ?? startsAt, timeZone };
  return {
    ...ofTickets(holderId, { key: 'passedOnTicketsMoved', values: { ...tickets, previousStarts } }),
    isBulk: true,
  };
}

/** The notice that somebody was admitted with a ticket. */
export function ticketCheckedIn(event: PayloadOf<'booking.ticket-checked-in'>): Notice {
  const { holderId, titleName, venueName, checkedInAt: at, timeZone, seat } = event;
  const values = { titleName, venueName, scanned: { at, timeZone }, seats: [seat] };
  return ofTickets(holderId, { key: 'ticketCheckedIn', values });
}

function ofTickets(userId: string, message: Notice['message']): Notice {
  return { userId, kind: 'BOOKING', bookingId: null, message };
}
