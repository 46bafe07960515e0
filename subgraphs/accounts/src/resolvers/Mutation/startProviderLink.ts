import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/start-provider-link.ts';

export const startProviderLink: MutationResolvers['startProviderLink'] = async (_parent, { id }, { caller, deps }) => ({
  startUrl: await useCase.startProviderLink(deps, requireUserCaller(caller), id),
});
