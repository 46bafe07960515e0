import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { CardExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/set-default-payment-method.ts';

export const setDefaultPaymentMethod: MutationResolvers['setDefaultPaymentMethod'] = (
  _parent,
  { id },
  { caller, deps },
) =>
  resultOf([CardExpiredError], async () => ({
    __typename: 'SetDefaultPaymentMethodPayload' as const,
    paymentMethod: await useCase.setDefaultPaymentMethod(deps, { id, customerId: requireUser(caller) }),
  }));
