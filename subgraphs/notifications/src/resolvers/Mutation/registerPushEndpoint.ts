import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/register-push-endpoint.ts';

export const registerPushEndpoint: MutationResolvers['registerPushEndpoint'] = async (
  _parent,
  { input },
  { caller, deps },
) => {
  const { userId, sessionId } = requireUserCaller(caller);
  return { endpointId: await useCase.registerPushEndpoint(deps, { ...input, userId, sessionId }) };
};
