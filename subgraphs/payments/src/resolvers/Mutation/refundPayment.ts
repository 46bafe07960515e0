import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { PaymentNotRefundableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/refund-payment.ts';

export const refundPayment: MutationResolvers['refundPayment'] = (_parent, { input }, { caller, deps }) =>
  resultOf([PaymentNotRefundableError], async () => ({
    __typename: 'RefundPaymentPayload' as const,
    refund: await useCase.refundPayment(deps, { ...input, staffId: requireUser(caller) }),
  }));
