import type { Permissions } from '@marquee/subgraph';

import { oneself, party, reader, supportOnly } from './access.ts';

export const permissions: Permissions = {
  SupportTicket: { '*': party, slaStatus: supportOnly, snoozedUntil: supportOnly },
  SupportMessage: { '*': reader },
  User: { '*': oneself },
};
