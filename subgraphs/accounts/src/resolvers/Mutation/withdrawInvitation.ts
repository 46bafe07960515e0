import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/change-invitation.ts';

export const withdrawInvitation: MutationResolvers['withdrawInvitation'] = async (_parent, args, { caller, deps }) => ({
  withdrawnInvitationId: (await useCase.withdrawInvitation(deps, { ...args, caller: requireUserCaller(caller) })).id,
});
