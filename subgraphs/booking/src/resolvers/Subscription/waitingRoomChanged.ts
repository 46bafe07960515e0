import { requireUser } from '@marquee/subgraph';

import { NOT_REQUIRED } from '../../domain/waiting-room.ts';
import { waitingRoomChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { readAdmission } from '../../use-cases/enter-waiting-room.ts';
import { requireShow } from '../../use-cases/lookups.ts';

/** Begins with the admission as it is, so that a client that comes back knows where it is. */
export const waitingRoomChanged: SubscriptionResolvers['waitingRoomChanged'] = {
  subscribe: async (_parent, { showId }, { caller, deps, pubSub }) => {
    const customerId = requireUser(caller);
    const { highDemand } = await requireShow(deps, showId);
    const eventOf = async () => ({
      waitingRoomChanged: highDemand ? await readAdmission(deps, showId, customerId) : NOT_REQUIRED,
    });
    await eventOf();
    return pubSub.listen({
      channel: waitingRoomChannel(showId),
      version: 0,
      eventOf,
      missedSince: async () => [await eventOf()],
      versionOf: ({ waitingRoomChanged: { version } }) => version,
    });
  },
};
