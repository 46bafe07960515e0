import type { EventHandlers } from '@marquee/events';

import { recordOwnActivity } from './adapters/own-activity.ts';
import { addShowTitles } from './adapters/show-titles.ts';
import type { Deps } from './deps.ts';
import { OWN_EVENTS } from './domain/event-names.ts';
import { bookingActivity, heldActivity, requestActivity } from './domain/own-events.ts';

const { BOOKING_CONFIRMED, BOOKING_CANCELLED } = OWN_EVENTS;

/** Events of the marketplace are recorded beside those that clients track. */
export function handlers({ hash }: Pick<Deps, 'hash'>): EventHandlers {
  return {
    'catalog.shows-scheduled': {
      many: (events, tx) =>
        addShowTitles(
          tx,
          events.flatMap(({ payload: { title, shows } }) => shows.map(({ id }) => ({ showId: id, titleId: title.id }))),
        ),
    },
    'booking.hold-ended': {
      many: (events, tx) =>
        recordOwnActivity(
          tx,
          hash,
          events.map((event) => heldActivity(event, event.payload)),
        ),
    },
    'booking.requested': {
      many: (events, tx) =>
        recordOwnActivity(
          tx,
          hash,
          events.flatMap((event) => requestActivity(event, event.payload)),
        ),
    },
    'booking.confirmed': {
      many: (events, tx) =>
        recordOwnActivity(
          tx,
          hash,
          events.map((event) => bookingActivity(BOOKING_CONFIRMED, event, event.payload)),
        ),
    },
    'booking.cancelled': {
      many: (events, tx) =>
        recordOwnActivity(
          tx,
          hash,
          events.map((event) => bookingActivity(BOOKING_CANCELLED, event, event.payload)),
        ),
    },
  };
}
