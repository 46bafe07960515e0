import { assertFreshSignIn } from '@marquee/subgraph';

import type { DataExportResolvers } from '../generated/resolvers.ts';

export const DataExport: DataExportResolvers = {
  status: ({ readyAt }) => (readyAt === null ? 'PENDING' : 'READY'),
  downloadUrl: (dataExport, _args, { caller, deps }) => {
    if (dataExport.readyAt === null) return null;
    assertFreshSignIn(caller, deps.now());
    return deps.exportLinks.urlOf(dataExport);
  },
};
