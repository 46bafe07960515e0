import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { NotEnoughSeatsError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/hold-best-available.ts';

export const holdBestAvailable: MutationResolvers['holdBestAvailable'] = (_parent, { input }, { caller, deps }) =>
  resultOf([NotEnoughSeatsError, ShowClosedError], async () => ({
    __typename: 'HoldSeatsPayload' as const,
    hold: await useCase.holdBestAvailable(deps, { ...input, customerId: requireUser(caller) }),
  }));
