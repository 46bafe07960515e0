import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { RecurringPaymentEndedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/cancel-recurring-payment.ts';

export const cancelRecurringPayment: MutationResolvers['cancelRecurringPayment'] = (
  _parent,
  { id },
  { caller, deps },
) =>
  resultOf([RecurringPaymentEndedError], async () => ({
    __typename: 'CancelRecurringPaymentPayload' as const,
    recurringPayment: await useCase.cancelRecurringPayment(deps, { id, customerId: requireUser(caller) }),
  }));
