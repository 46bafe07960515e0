import type { DomainEvent, EventHandlers, Push } from '@marquee/events';
import { SESSION_REVOKED } from '@marquee/identity';

import type { Deps } from './deps.ts';

/** Mails of other domains are sent here. Booking is asked what the mail says when it is sent. */
export function handlers({ outgoingMails }: Pick<Deps, 'outgoingMails'>): EventHandlers {
  return {
    'booking.tickets-offered': ({ payload: { offerId } }, tx) =>
      outgoingMails.add({ kind: 'TICKET_OFFER', userId: null, address: null, about: offerId }, tx),
  };
}

/** Ended sessions are pushed to whoever verifies access tokens. */
export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'account.session-revoked') return [];
  const { sessionId, until } = event.payload;
  return [{ channel: SESSION_REVOKED, message: { sessionId, until } }];
}
