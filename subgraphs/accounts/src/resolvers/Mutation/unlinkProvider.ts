import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/unlink-provider.ts';

export const unlinkProvider: MutationResolvers['unlinkProvider'] = async (_parent, { id }, { caller, deps }) => ({
  user: await useCase.unlinkProvider(deps, requireUserCaller(caller), id),
});
