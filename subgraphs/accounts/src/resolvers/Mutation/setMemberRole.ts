import { notFound, resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { LastOwnerError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/set-member-role.ts';
import { organisationFor } from '../organisation-for.ts';

export const setMemberRole: MutationResolvers['setMemberRole'] = (_parent, { role, ...args }, context) =>
  resultOf([LastOwnerError], async () => {
    const caller = requireUserCaller(context.caller);
    await useCase.setMemberRole(context.deps, { ...args, caller, role: role ?? null });
    const organisation = await organisationFor(args.organisationId, context);
    if (!organisation) throw notFound('organisation');
    return { __typename: 'SetMemberRolePayload' as const, organisation };
  });
