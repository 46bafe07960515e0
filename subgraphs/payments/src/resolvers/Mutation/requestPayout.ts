import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { PayoutExceedsBalanceError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/request-payout.ts';

export const requestPayout: MutationResolvers['requestPayout'] = (_parent, { input }, { caller, deps }) =>
  resultOf([PayoutExceedsBalanceError], async () => ({
    __typename: 'RequestPayoutPayload' as const,
    payout: await useCase.requestPayout(deps, { ...input, caller: requireUserCaller(caller) }),
  }));
