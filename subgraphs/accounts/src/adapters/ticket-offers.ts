import type { ServiceCalls } from '@marquee/subgraph';

import type { FetchTicketOffer, TicketOffer } from '../domain/mail.ts';

const QUERY = `query TicketOffer($offerId: ID!) {
  ticketOfferMail(offerId: $offerId) { to token titleName venueName startsAt tickets expiresAt timeZone }
}`;

interface Response {
  readonly ticketOfferMail:
    | (Omit<TicketOffer, 'startsAt' | 'expiresAt'> & {
        readonly startsAt: string | Date;
        readonly expiresAt: string | Date;
      })
    | null;
}

/** Asks booking under accounts' service identity. */
export function ticketOffersOf(calls: ServiceCalls): FetchTicketOffer {
  return async (offerId) => {
    const { ticketOfferMail: offer } = await calls.query<Response>('booking', { query: QUERY, variables: { offerId } });
    return offer && { ...offer, startsAt: new Date(offer.startsAt), expiresAt: new Date(offer.expiresAt) };
  };
}
