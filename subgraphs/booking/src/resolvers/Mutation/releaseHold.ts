import { resultOf } from '@marquee/errors';

import { HoldExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../customer.ts';

export const releaseHold: MutationResolvers['releaseHold'] = (_parent, { holdId }, { caller, booking }) =>
  resultOf([HoldExpiredError], async () => ({
    __typename: 'ReleaseHoldPayload' as const,
    hold: await booking.releaseHold({ holdId, customerId: customerOf(caller) }),
  }));
