import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/upload-scans.ts';

export const uploadScans: MutationResolvers['uploadScans'] = async (_parent, { input }, { caller, deps }) => ({
  results: await useCase.uploadScans(deps, { ...input, userId: requireUser(caller) }),
});
