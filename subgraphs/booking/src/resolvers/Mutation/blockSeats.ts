import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { SeatUnavailableError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/block-seats.ts';

export const blockSeats: MutationResolvers['blockSeats'] = (_parent, args, { caller, deps }) =>
  resultOf([SeatUnavailableError, ShowClosedError], async () => ({
    __typename: 'BlockSeatsPayload' as const,
    seats: await useCase.blockSeats(deps, { ...args, userId: requireUser(caller) }),
  }));
