import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';
import { seatsText, sentence, timeText } from './wording.ts';

type TransferChanged = PayloadOf<'booking.transfer-changed'>;
type Changed = Pick<TransferChanged, 'titleName' | 'venueName' | 'startsAt' | 'timeZone' | 'seats'>;

/** The notices of an offer of tickets: to who made it, and once it is accepted to who has them now. */
export function transferChanged(event: TransferChanged): readonly Notice[] {
  const { change, senderId, recipientId, isComplimentary, titleName } = event;
  const tickets = whatOf(event);
  const toRecipient =
    recipientId === null
      ? []
      : [
          notice(
            recipientId,
            `Your ticket: ${titleName}`,
            `${tickets} Yours from now on: show the code in the app at the entrance.`,
          ),
        ];
  // The box office knows which tickets it gives away, and is told of those that come back by their booking.
  if (isComplimentary) return toRecipient;
  const [title, text] = TO_SENDER[change];
  return [notice(senderId, `${title}: ${titleName}`, `${tickets} ${text}`), ...toRecipient];
}

const TO_SENDER: Readonly<Record<TransferChanged['change'], readonly [title: string, text: string]>> = {
  OFFERED: [
    'Offered',
    'It stays yours until the recipient of your mail accepts it. If you did not offer it, take it back and change your password.',
  ],
  ACCEPTED: ['Passed on', 'It was accepted, and no longer admits you.'],
  TAKEN_BACK: ['Taken back', 'You took your offer back. It admits you as before.'],
  EXPIRED: ['Not accepted', 'Nobody accepted it in time. It admits you as before.'],
};

/** The notice of a venue's change to somebody whom tickets were passed on to. */
export function passedOnTicketsChanged(event: PayloadOf<'booking.passed-on-tickets-changed'>): Notice {
  const { holderId, change, titleName, venueName, previousStartsAt, startsAt, timeZone, reason } = event;
  if (change === 'CANCELLED') {
    const why = reason === null ? '' : ` ${sentence(reason)}`;
    const body = `${whatOf(event)} Cancelled by the venue.${why} The refund goes to whoever bought it.`;
    return notice(holderId, `Cancelled: ${titleName}`, body);
  }
  const [before, after] = [previousStartsAt ?? startsAt, startsAt].map((at) => timeText(new Date(at), timeZone));
  const body = `${titleName} at ${venueName} now starts on ${after} instead of ${before}. ${seatsText(event.seats)}. You need do nothing: the code in the app stays valid.`;
  return notice(holderId, `New time: ${titleName}`, body);
}

/** The notice that somebody was admitted with a ticket. */
export function ticketCheckedIn(event: PayloadOf<'booking.ticket-checked-in'>): Notice {
  const { holderId, titleName, venueName, checkedInAt, timeZone, seat } = event;
  const at = timeText(new Date(checkedInAt), timeZone);
  const body = `Your ticket for ${titleName} at ${venueName} was scanned on ${at}. ${seatsText([seat])}. If that was not you, ask the staff at the entrance.`;
  return notice(holderId, `Checked in: ${titleName}`, body);
}

function whatOf({ titleName, venueName, startsAt, timeZone, seats }: Changed): string {
  return `${seats.length === 1 ? 'A ticket' : 'Tickets'} for ${titleName} at ${venueName}, ${timeText(new Date(startsAt), timeZone)}. ${seatsText(seats)}.`;
}

function notice(userId: string, title: string, body: string): Notice {
  return { userId, kind: 'BOOKING', bookingId: null, title, body };
}
