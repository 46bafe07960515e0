import { requireUser } from '@marquee/subgraph';

import { paymentChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { findOwnPayment } from '../../use-cases/find-own-payment.ts';

export const paymentStatusChanged: SubscriptionResolvers['paymentStatusChanged'] = {
  subscribe: async (_parent, { paymentId }, { caller, deps, pubSub }) => {
    const find = () => findOwnPayment(deps, { paymentId, customerId: requireUser(caller) });
    const eventOf = async () => ({ paymentStatusChanged: { payment: await find() } });
    const { version } = await find();
    return pubSub.listen({
      channel: paymentChannel(paymentId),
      version,
      eventOf,
      missedSince: async () => [await eventOf()],
      versionOf: ({ paymentStatusChanged: { payment } }) => payment.version,
    });
  },
};
