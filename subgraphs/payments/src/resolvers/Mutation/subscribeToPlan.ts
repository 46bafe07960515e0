import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUserCaller } from '@marquee/subgraph';

import {
  CardRejectedError,
  InsufficientWalletBalanceError,
  MembershipExistsError,
  PaymentDeclinedError,
  PaymentPendingError,
  PaymentProviderUnavailableError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/subscribe-to-plan.ts';

const EXPECTED = [
  AccountRestrictedError,
  MembershipExistsError,
  PaymentDeclinedError,
  PaymentPendingError,
  CardRejectedError,
  InsufficientWalletBalanceError,
  PaymentProviderUnavailableError,
];

export const subscribeToPlan: MutationResolvers['subscribeToPlan'] = (_parent, { input }, { caller, deps }) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'SubscribeToPlanPayload' as const,
    membership: await useCase.subscribeToPlan(deps, { ...input, caller: requireUserCaller(caller) }),
  }));
