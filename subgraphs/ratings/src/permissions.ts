import { everyone, type Permissions } from '@marquee/subgraph';

import { moderator, noteReader, oneself, reader } from './access.ts';

export const permissions: Permissions = {
  Title: { '*': everyone },
  Venue: { '*': everyone },
  User: { '*': oneself },
  Review: { '*': reader, moderationNote: noteReader, doubts: moderator, reports: moderator },
};
