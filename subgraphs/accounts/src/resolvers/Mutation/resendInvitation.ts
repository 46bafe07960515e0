import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/change-invitation.ts';

export const resendInvitation: MutationResolvers['resendInvitation'] = async (_parent, args, { caller, deps }) => ({
  invitation: await useCase.resendInvitation(deps, { ...args, caller: requireUserCaller(caller) }),
});
