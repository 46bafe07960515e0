import type { EventHandlers } from '@marquee/events';

import { AttendanceRepository } from './adapters/attendances.ts';

/** Whoever was admitted with a ticket that was sold has been there. */
export function handlers(): EventHandlers {
  return {
    'booking.ticket-checked-in': {
      many: (events, tx) => new AttendanceRepository(tx).add(events.map(({ payload }) => payload)),
    },
  };
}
