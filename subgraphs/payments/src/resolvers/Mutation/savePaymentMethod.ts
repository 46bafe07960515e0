import { resultOf } from '@marquee/errors';

import { CardRejectedError, PaymentProviderUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../viewer.ts';

const EXPECTED = [CardRejectedError, PaymentProviderUnavailableError];

export const savePaymentMethod: MutationResolvers['savePaymentMethod'] = (_parent, { input }, { caller, payments }) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'SavePaymentMethodPayload' as const,
    paymentMethod: await payments.savePaymentMethod({
      customerId: customerOf(caller),
      cardToken: input.cardToken,
      makeDefault: input.makeDefault ?? false,
    }),
  }));
