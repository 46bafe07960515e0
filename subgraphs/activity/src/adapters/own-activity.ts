import type { SqlTransaction } from '@marquee/database';

import { cityOf, type OwnActivity } from '../domain/own-events.ts';
import type { TrackedEvent } from '../domain/tracked-event.ts';
import { type KeyedHash, visitorOfUser } from '../domain/visitor.ts';
import { eventIdOf } from './keyed-hash.ts';
import { openStage, stage } from './recording/stage.ts';
import { recordStaged } from './recording/record-staged.ts';
import { visitorsOf } from './user-visitors.ts';

/** Records what the marketplace did, in the transaction of the events that told of it. */
export async function recordOwnActivity(
  tx: SqlTransaction,
  hash: KeyedHash,
  activities: readonly OwnActivity[],
): Promise<void> {
  const visitors = await visitorsOf(
    tx,
    activities.map(({ userId }) => userId),
  );
  const tracked = activities.map((activity): TrackedEvent => {
    const { name, of, userId, at, showId, titleId, bookingId } = activity;
    return {
      ...{ id: eventIdOf(`${name} ${of}`), name, at, receivedAt: at, claimedAt: null, userId },
      visitor: visitors.get(userId) ?? visitorOfUser(hash, userId),
      ...{ cityCode: cityOf(activity), titleId, showId, venueId: null, bookingId },
      ...{ network: null, device: null, searchText: null, impressionToken: null, properties: null },
    };
  });
  await openStage(tx);
  await stage(tx, tracked);
  await recordStaged(tx);
}
