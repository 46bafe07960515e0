import { randomUUID } from 'node:crypto';

import type { TrackedEvent } from '../src/domain/tracked-event.ts';

/** An event as it is recorded, now, unless it says otherwise. */
export function trackedEvent(change: Partial<TrackedEvent> = {}): TrackedEvent {
  const at = change.at ?? new Date();
  return {
    ...{ id: randomUUID(), name: 'title_view', at, receivedAt: at, claimedAt: null, visitor: randomUUID() },
    ...{ userId: null, network: null, device: null, cityCode: null, titleId: null, showId: null, venueId: null },
    ...{ bookingId: null, searchText: null, impressionToken: null, properties: null },
    ...change,
  };
}
