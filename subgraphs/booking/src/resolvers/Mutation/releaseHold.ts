import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { HoldExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/release-hold.ts';

export const releaseHold: MutationResolvers['releaseHold'] = (_parent, { holdId }, { caller, deps }) =>
  resultOf([HoldExpiredError], async () => ({
    __typename: 'ReleaseHoldPayload' as const,
    hold: await useCase.releaseHold(deps, { holdId, customerId: requireUser(caller) }),
  }));
