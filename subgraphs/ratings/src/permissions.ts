import { everyone, type Permissions, withScope } from '@marquee/subgraph';

import { MODERATE, oneself, reader } from './access.ts';

const moderator = withScope(MODERATE);

export const permissions: Permissions = {
  Title: { '*': everyone },
  Venue: { '*': everyone },
  User: { '*': oneself },
  Review: { '*': reader, doubts: moderator, reports: moderator },
};
