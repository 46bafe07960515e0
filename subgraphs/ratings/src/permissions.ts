import { everyone, type Permissions } from '@marquee/subgraph';

import { moderator, oneself, reader } from './access.ts';

export const permissions: Permissions = {
  Title: { '*': everyone },
  Venue: { '*': everyone },
  User: { '*': oneself },
  Review: { '*': reader, doubts: moderator, reports: moderator },
};
