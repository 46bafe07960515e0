import { everyone, type Permissions } from '@marquee/subgraph';

import { oneself, recipient } from './access.ts';

export const permissions: Permissions = {
  Query: { pushPublicKey: everyone },
  User: { '*': oneself },
  Notification: { '*': recipient },
};
