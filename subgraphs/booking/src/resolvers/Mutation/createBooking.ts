import { resultOf } from '@marquee/errors';

import { HoldExpiredError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../customer.ts';

export const createBooking: MutationResolvers['createBooking'] = (_parent, { input }, { caller, booking }) =>
  resultOf([HoldExpiredError, ShowClosedError], async () => ({
    __typename: 'CreateBookingPayload' as const,
    booking: await booking.createBooking({ ...input, customerId: customerOf(caller) }),
  }));
