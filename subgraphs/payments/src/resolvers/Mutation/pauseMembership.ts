import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { MembershipNotChangeableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/change-membership.ts';

export const pauseMembership: MutationResolvers['pauseMembership'] = (_parent, _args, { caller, deps }) =>
  resultOf([MembershipNotChangeableError], async () => ({
    __typename: 'PauseMembershipPayload' as const,
    membership: await useCase.pauseMembership(deps, requireUser(caller)),
  }));
