import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/block-seats.ts';

export const unblockSeats: MutationResolvers['unblockSeats'] = (_parent, args, { caller, deps }) =>
  resultOf([ShowClosedError], async () => ({
    __typename: 'UnblockSeatsPayload' as const,
    seats: await useCase.unblockSeats(deps, { ...args, userId: requireUser(caller) }),
  }));
