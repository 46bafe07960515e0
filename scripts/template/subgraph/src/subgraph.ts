import { PrismaClient } from '@marquee/prisma-example-subgraph';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';

/** Sample notes of people. */
export const subgraph = defineSubgraph({
  name: 'example-subgraph',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
});
