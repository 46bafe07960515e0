import type { SqlTransaction } from '@marquee/database';
import type { EventHandlers } from '@marquee/events';

import { noteSoldOut } from './adapters/shows.ts';

/** What catalog does when other domains tell something. */
export const handlers: EventHandlers<SqlTransaction> = {
  'booking.show-availability-changed': ({ payload, occurredAt }, tx) =>
    noteSoldOut(tx, { ...payload, toldAt: new Date(occurredAt) }),
};
