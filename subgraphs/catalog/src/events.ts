import type { SqlTransaction } from '@marquee/database';
import type { EventHandlers } from '@marquee/events';

import { ShowAvailabilityRepository } from './adapters/show-availabilities.ts';

/** Handlers of other domains' events. */
export const handlers: EventHandlers<SqlTransaction> = {
  'booking.show-availability-changed': ({ payload, occurredAt }, tx) =>
    new ShowAvailabilityRepository(tx).record({ ...payload, reportedAt: new Date(occurredAt) }),
};
