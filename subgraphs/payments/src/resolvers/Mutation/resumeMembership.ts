import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { MembershipNotChangeableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/change-membership.ts';

export const resumeMembership: MutationResolvers['resumeMembership'] = (_parent, _args, { caller, deps }) =>
  resultOf([MembershipNotChangeableError], async () => ({
    __typename: 'ResumeMembershipPayload' as const,
    membership: await useCase.resumeMembership(deps, requireUser(caller)),
  }));
