import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import {
  MembershipNotChangeableError,
  PaymentDeclinedError,
  PaymentPendingError,
  PaymentProviderUnavailableError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/change-plan.ts';

const EXPECTED = [
  MembershipNotChangeableError,
  PaymentDeclinedError,
  PaymentPendingError,
  PaymentProviderUnavailableError,
];

export const changePlan: MutationResolvers['changePlan'] = (_parent, { input }, { caller, deps }) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'ChangePlanPayload' as const,
    ...(await useCase.changePlan(deps, { ...input, caller: requireUserCaller(caller) })),
  }));
