import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { WaitlistEndedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/leave-waitlist.ts';

export const leaveWaitlist: MutationResolvers['leaveWaitlist'] = (_parent, { entryId }, { caller, deps }) =>
  resultOf([WaitlistEndedError], async () => ({
    __typename: 'LeaveWaitlistPayload' as const,
    entry: await useCase.leaveWaitlist(deps, { entryId, customerId: requireUser(caller) }),
  }));
