import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { AlreadyInvitedError, AlreadyMemberError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/invite-member.ts';

export const inviteMember: MutationResolvers['inviteMember'] = (_parent, { input }, { caller, deps }) =>
  resultOf([AlreadyInvitedError, AlreadyMemberError], async () => ({
    __typename: 'InviteMemberPayload' as const,
    invitation: await useCase.inviteMember(deps, { ...input, caller: requireUserCaller(caller) }),
  }));
