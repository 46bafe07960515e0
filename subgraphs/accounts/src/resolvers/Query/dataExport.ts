import { requireUser } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const dataExport: QueryResolvers['dataExport'] = (_parent, { id }, { caller, deps }) =>
  deps.dataExports.find(id, requireUser(caller), deps.now());
