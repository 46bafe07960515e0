import { type Permissions, service } from '@marquee/subgraph';

import { oneself, reader } from './access.ts';

/** Who manages a campaign depends on whose it is: `src/access.ts`, which the use cases ask. */
export const permissions: Permissions = {
  Query: { adPlacements: service('feed') },
  AdPlacement: { '*': service('feed') },
  Campaign: { '*': reader },
  User: { '*': oneself },
};
