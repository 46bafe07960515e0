import { ownPayment } from '../../access.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { paymentChannel } from '../../push.ts';
import { viewerOf } from '../viewer.ts';

export const paymentStatusChanged: SubscriptionResolvers['paymentStatusChanged'] = {
  subscribe: async (_parent, { paymentId }, { caller, payments, pubSub }) => {
    const payment = async () => ownPayment(viewerOf(caller), await payments.payment(paymentId));
    await payment();
    return pubSub.listen(paymentChannel(paymentId), async () => ({
      paymentStatusChanged: { payment: await payment() },
    }));
  },
};
