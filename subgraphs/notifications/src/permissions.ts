import type { Permissions } from '@marquee/subgraph';

import { oneself, recipient } from './access.ts';

export const permissions: Permissions = {
  User: { '*': oneself },
  Notification: { '*': recipient },
};
