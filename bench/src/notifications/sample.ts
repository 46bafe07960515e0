import { randomUUID } from 'node:crypto';
import type { DomainEvent, EventType } from '../../../packages/events/src/index.ts';
import { loadEventCatalogue } from '../../../stack/src/subgraphs.ts';

export const NAMESPACE = 'bench';
export const catalogue = await loadEventCatalogue();

const SHOW = {
  ...{ showId: 'ams_shw_1', titleName: 'Arrival', venueName: 'Filmhuis Oost' },
  // Too late to be urgent: the way of most cancellations, with quiet hours, limits and digests.
  ...{ startsAt: new Date(Date.now() + 4 * 86_400_000).toISOString(), timeZone: 'Europe/Amsterdam' },
};
const PRICE = { amount: 1_930, currency: 'EUR' };

/** The cancellation of a person's booking with its show. */
export function cancelled(customerId: string): DomainEvent {
  return event('booking.cancelled', {
    ...{ ...SHOW, bookingId: `ams_bkg_${customerId}`, customerId, previousStatus: 'CONFIRMED', status: 'CANCELLED' },
    ...{ by: 'VENUE', seats: ['C7', 'C8'], reason: 'The projector broke.', refund: PRICE, refundTo: 'SOURCE' },
  });
}

/** The confirmation of a person's booking of another show. */
export function confirmed(customerId: string): DomainEvent {
  return event('booking.confirmed', {
    ...{ ...SHOW, showId: 'ams_shw_2', titleId: 'ttl_1', bookingId: `ams_bkg_${customerId}`, customerId },
    ...{ previousStatus: 'PENDING_PAYMENT', seats: ['D1'], total: PRICE, paymentId: `pay_${customerId}` },
  });
}

function event(type: EventType, payload: { readonly bookingId: string }): DomainEvent {
  const envelope = { id: randomUUID(), key: payload.bookingId, occurredAt: new Date().toISOString() };
  return { ...envelope, type, payload } as unknown as DomainEvent;
}
