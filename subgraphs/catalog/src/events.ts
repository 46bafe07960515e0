import type { EventHandlers } from '@marquee/events';

import { ShowAvailabilityRepository } from './adapters/show-availabilities.ts';

/** Booking reports which shows are sold out. */
export function handlers(): EventHandlers {
  return {
    'booking.show-availability-changed': ({ payload, occurredAt }, tx) =>
      new ShowAvailabilityRepository(tx).record({ ...payload, reportedAt: new Date(occurredAt) }),
  };
}
