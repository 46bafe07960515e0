import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { AlreadyMemberError, InvitationExpiredError, InvitationForSomebodyElseError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/accept-invitation.ts';

export const acceptInvitation: MutationResolvers['acceptInvitation'] = (_parent, { token }, { caller, deps }) =>
  resultOf([AlreadyMemberError, InvitationExpiredError, InvitationForSomebodyElseError], async () => ({
    __typename: 'AcceptInvitationPayload' as const,
    member: await useCase.acceptInvitation(deps, { token, userId: requireUser(caller) }),
  }));
