import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUserCaller } from '@marquee/subgraph';

import { CardRejectedError, PaymentProviderUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/save-payment-method.ts';

const EXPECTED = [AccountRestrictedError, CardRejectedError, PaymentProviderUnavailableError];

export const savePaymentMethod: MutationResolvers['savePaymentMethod'] = (_parent, { input }, { caller, deps }) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'SavePaymentMethodPayload' as const,
    paymentMethod: await useCase.savePaymentMethod(deps, {
      caller: requireUserCaller(caller),
      cardToken: input.cardToken,
      makeDefault: input.makeDefault ?? false,
    }),
  }));
