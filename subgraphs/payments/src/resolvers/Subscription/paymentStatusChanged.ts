import { ownPayment } from '../../access.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { paymentChannel } from '../../push.ts';

export const paymentStatusChanged: SubscriptionResolvers['paymentStatusChanged'] = {
  subscribe: async (_parent, { paymentId }, { caller, deps, pubSub }) => {
    const payment = async () => ownPayment(caller, await deps.payments.find(paymentId));
    await payment();
    return pubSub.listen(paymentChannel(paymentId), async () => ({
      paymentStatusChanged: { payment: await payment() },
    }));
  },
};
