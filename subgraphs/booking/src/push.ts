import type { DomainEvent, Push } from '@marquee/events';

/** Where changes of a show's seats are told. */
export const seatMapChannel = (showId: string): string => `seat-map:${showId}`;

/** Where changes of a booking are told. */
export const bookingChannel = (bookingId: string): string => `booking:${bookingId}`;

/** What listening clients are told of booking's events. */
export function push(event: DomainEvent): readonly Push[] {
  switch (event.type) {
    case 'booking.seats-changed':
      return [{ channel: seatMapChannel(event.payload.showId), message: event.payload }];
    case 'booking.confirmed':
    case 'booking.expired':
    case 'booking.needs-review': {
      const { bookingId, previousStatus } = event.payload;
      return [{ channel: bookingChannel(bookingId), message: { bookingId, previousStatus } }];
    }
    default:
      return [];
  }
}
