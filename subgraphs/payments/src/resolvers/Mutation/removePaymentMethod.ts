import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { PaymentMethodInUseError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/remove-payment-method.ts';

export const removePaymentMethod: MutationResolvers['removePaymentMethod'] = (_parent, { id }, { caller, deps }) =>
  resultOf([PaymentMethodInUseError], async () => {
    await useCase.removePaymentMethod(deps, { id, customerId: requireUser(caller) });
    return { __typename: 'RemovePaymentMethodPayload' as const, removedPaymentMethodId: id };
  });
