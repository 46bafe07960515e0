import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { MembershipNotChangeableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/change-membership.ts';

export const cancelMembership: MutationResolvers['cancelMembership'] = (_parent, { atPeriodEnd }, { caller, deps }) =>
  resultOf([MembershipNotChangeableError], async () => ({
    __typename: 'CancelMembershipPayload' as const,
    membership: await useCase.cancelMembership(deps, { customerId: requireUser(caller), atPeriodEnd }),
  }));
