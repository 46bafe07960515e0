import { PrismaClient } from '@marquee/prisma-notifications';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { settings } from './settings.ts';
import { deleteOldPushes } from './use-cases/delete-old-pushes.ts';
import { sendPushes } from './use-cases/send-pushes.ts';

const MINUTE_MS = 60_000;

/** Notifications in the site and the apps. */
export const subgraph = defineSubgraph({
  name: 'notifications',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  settings,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  asks: ['accounts'],
  handlers,
  pushes,
  jobs: (deps) => [
    { name: 'send-pushes', everyMs: deps.pushIntervalMs, run: () => sendPushes(deps, 'TRANSACTIONAL') },
    { name: 'send-bulk-pushes', everyMs: deps.pushIntervalMs, run: () => sendPushes(deps, 'BULK') },
    { name: 'delete-old-pushes', everyMs: MINUTE_MS, run: () => deleteOldPushes(deps) },
  ],
  close: (deps) => deps.pushes.close(),
});
