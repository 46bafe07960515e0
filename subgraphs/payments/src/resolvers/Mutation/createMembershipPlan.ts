import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { MembershipPlanExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/billing/create-membership-plan.ts';

export const createMembershipPlan: MutationResolvers['createMembershipPlan'] = (_parent, { input }, { caller, deps }) =>
  resultOf([MembershipPlanExistsError], async () => ({
    __typename: 'CreateMembershipPlanPayload' as const,
    plan: await useCase.createMembershipPlan(deps, { ...input, createdBy: requireUser(caller) }),
  }));
