import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/export-data.ts';

export const requestDataExport: MutationResolvers['requestDataExport'] = async (_parent, _args, { caller, deps }) => ({
  export: await useCase.requestDataExport(deps, requireUserCaller(caller)),
});
