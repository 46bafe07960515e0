import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { requireReader } from '../../access.ts';
import { PaymentNotRefundableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/refund-payment.ts';

export const refundPayment: MutationResolvers['refundPayment'] = (_parent, { input }, context) =>
  resultOf([PaymentNotRefundableError], async () => {
    const { caller, deps } = context;
    const payment = await deps.payments.find(input.paymentId);
    if (payment) await requireReader(payment, context);
    const refund = await useCase.refundPayment(deps, { ...input, staffId: requireUser(caller) });
    return { __typename: 'RefundPaymentPayload' as const, refund };
  });
