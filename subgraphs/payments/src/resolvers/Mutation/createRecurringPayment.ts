import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUserCaller } from '@marquee/subgraph';

import {
  CardRejectedError,
  InsufficientWalletBalanceError,
  PaymentDeclinedError,
  PaymentPendingError,
  PaymentProviderUnavailableError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/create-recurring-payment.ts';

const EXPECTED = [
  AccountRestrictedError,
  PaymentDeclinedError,
  PaymentPendingError,
  CardRejectedError,
  InsufficientWalletBalanceError,
  PaymentProviderUnavailableError,
];

export const createRecurringPayment: MutationResolvers['createRecurringPayment'] = (
  _parent,
  { input },
  { caller, deps },
) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'CreateRecurringPaymentPayload' as const,
    recurringPayment: await useCase.createRecurringPayment(deps, { ...input, caller: requireUserCaller(caller) }),
  }));
