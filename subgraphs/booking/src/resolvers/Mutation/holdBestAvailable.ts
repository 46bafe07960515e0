import { resultOf } from '@marquee/errors';

import { NotEnoughSeatsError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../customer.ts';

export const holdBestAvailable: MutationResolvers['holdBestAvailable'] = (_parent, { input }, { caller, booking }) =>
  resultOf([NotEnoughSeatsError, ShowClosedError], async () => ({
    __typename: 'HoldSeatsPayload' as const,
    hold: await booking.holdBestAvailable({ ...input, customerId: customerOf(caller) }),
  }));
