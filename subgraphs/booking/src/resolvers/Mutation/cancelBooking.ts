import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { CancellationClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/cancel-booking.ts';

export const cancelBooking: MutationResolvers['cancelBooking'] = (_parent, { input }, { caller, deps }) =>
  resultOf([CancellationClosedError], async () => ({
    __typename: 'CancelBookingPayload' as const,
    ...(await useCase.cancelBooking(deps, { ...input, customerId: requireUser(caller) })),
  }));
