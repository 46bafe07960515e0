import { PrismaClient } from '@marquee/prisma-notifications';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';

/** Notifications in the site and the apps. */
export const subgraph = defineSubgraph({
  name: 'notifications',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  asks: ['accounts'],
  handlers,
  pushes,
});
