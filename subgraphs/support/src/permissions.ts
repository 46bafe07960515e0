import { everyone, type Permissions } from '@marquee/subgraph';

import { articleReader, oneself, party, reader, supportOnly } from './access.ts';

export const permissions: Permissions = {
  Query: { helpArticles: everyone, helpArticle: everyone },
  HelpArticle: { '*': articleReader },
  SupportTicket: { '*': party, slaStatus: supportOnly, snoozedUntil: supportOnly },
  SupportMessage: { '*': reader },
  User: { '*': oneself },
};
