import { notFound } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { requireOwner } from '../../access.ts';
import { waitlistChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';

/** Begins with the entry as it is, so that a client that comes back knows where it is. */
export const waitlistChanged: SubscriptionResolvers['waitlistChanged'] = {
  subscribe: async (_parent, { entryId }, { caller, deps, pubSub }) => {
    const entry = await deps.waitlist.find(entryId);
    if (!entry) throw notFound('entry of the waitlist');
    requireOwner('entry of the waitlist', entry, requireUser(caller));
    const eventOf = async () => ({ waitlistChanged: await deps.waitlistChanges.read(entry) });
    return pubSub.listen({
      channel: waitlistChannel(entry.showId),
      version: 0,
      eventOf,
      missedSince: async () => [await eventOf()],
      versionOf: ({ waitlistChanged: { version } }) => version,
    });
  },
};
