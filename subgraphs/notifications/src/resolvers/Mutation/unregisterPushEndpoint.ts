import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/unregister-push-endpoint.ts';

export const unregisterPushEndpoint: MutationResolvers['unregisterPushEndpoint'] = async (
  _parent,
  { id },
  { caller, deps },
) => {
  await useCase.unregisterPushEndpoint(deps, { userId: requireUser(caller), id });
  return { endpointId: id };
};
