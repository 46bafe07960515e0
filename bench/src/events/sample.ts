import { randomUUID } from 'node:crypto';
import { eventCatalogue, type NewEvent } from '../../../packages/events/src/index.ts';
import { emits } from '../../../subgraphs/booking/src/emits.ts';

export const DOMAIN = 'booking';
export const TYPE = 'booking.confirmed';
export const catalogue = eventCatalogue({ [DOMAIN]: emits });

/** Confirmations of 1,000 bookings in turn, of about 500 bytes each. */
export function sampleEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, position) => {
    const bookingId = `ams_bkg_${position % 1_000}`;
    const payload = {
      ...{ bookingId, previousStatus: 'PENDING_PAYMENT', customerId: `usr_${position}`, showId: 'ams_shw_1' },
      ...{ titleId: 'ttl_1', titleName: 'Arrival', venueName: 'Filmhuis Oost', startsAt: '2026-12-04T19:30:00.000Z' },
      ...{ timeZone: 'Europe/Amsterdam', seats: ['C7', 'C8'], total: { amount: 1_930, currency: 'EUR' } },
      paymentId: `pay_${position}`,
    };
    return { id: randomUUID(), type: TYPE, key: bookingId, payload } as NewEvent;
  });
}
