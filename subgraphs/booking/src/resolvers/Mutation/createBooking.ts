import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { HoldExpiredError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-booking.ts';

export const createBooking: MutationResolvers['createBooking'] = (_parent, { input }, { caller, deps }) =>
  resultOf([HoldExpiredError, ShowClosedError], async () => ({
    __typename: 'CreateBookingPayload' as const,
    booking: await useCase.createBooking(deps, { ...input, customerId: requireUser(caller) }),
  }));
