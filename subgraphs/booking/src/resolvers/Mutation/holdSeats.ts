import { resultOf } from '@marquee/errors';

import { SeatUnavailableError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../customer.ts';

export const holdSeats: MutationResolvers['holdSeats'] = (_parent, { input }, { caller, booking }) =>
  resultOf([SeatUnavailableError, ShowClosedError], async () => ({
    __typename: 'HoldSeatsPayload' as const,
    hold: await booking.holdSeats({ ...input, customerId: customerOf(caller) }),
  }));
