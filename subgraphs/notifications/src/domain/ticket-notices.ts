import type { PayloadOf } from '@marquee/events';

import type { NoticeSubject } from './notice-subject.ts';
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
  const { offerId, showId, change, senderId, recipientId, isComplimentary, seats } = event;
  const values = { ...showOf(event), seats };
  const transfer = { type: 'TICKET_TRANSFER', id: offerId } as const;
  const received = { key: 'ticketsReceived', values } as const;
  const toRecipient = recipientId === null ? [] : [ofTickets(recipientId, { type: 'SHOW', id: showId }, received)];
  // The box office knows which tickets it gives away, and is told of those that come back by their booking.
  const toSender = ofTickets(senderId, transfer, { key: TO_SENDER[change], values });
  return isComplimentary ? toRecipient : [toSender, ...toRecipient];
}

/** The notice to somebody whom tickets were passed on to that their show has moved, or that they are no longer valid. */
export function passedOnTicketsChanged(event: PayloadOf<'booking.passed-on-tickets-changed'>): Notice {
  const { holderId, change, previousStartsAt, startsAt, timeZone, seats, reason, by } = event;
  const tickets = { ...showOf(event), seats };
  const previousStarts = { at: previousStartsAt ?? startsAt, timeZone };
  const message =
    change === 'CANCELLED'
      ? ({ key: 'passedOnTicketsCancelled', values: { ...tickets, reason, by } } as const)
      : ({ key: 'passedOnTicketsMoved', values: { ...tickets, previousStarts } } as const);
  return { ...ofTickets(holderId, { type: 'SHOW', id: event.showId }, message), isBulk: by === 'VENUE' };
}

/** The notice that somebody was admitted with a ticket. */
export function ticketCheckedIn(event: PayloadOf<'booking.ticket-checked-in'>): Notice {
  const { ticketId, holderId, titleName, venueName, checkedInAt: at, timeZone, seat } = event;
  const values = { titleName, venueName, scanned: { at, timeZone }, seats: [seat] };
  return ofTickets(holderId, { type: 'TICKET', id: ticketId }, { key: 'ticketCheckedIn', values });
}

function ofTickets(userId: string, about: NoticeSubject, message: Notice['message']): Notice {
  return { userId, kind: 'BOOKING', bookingId: null, about, message };
}
