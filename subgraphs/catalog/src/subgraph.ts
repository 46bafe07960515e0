import { PrismaClient } from '@marquee/prisma-catalog';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { seedCatalog } from './seed/seed-catalog.ts';

/** Cities, venues, titles and shows. */
export const subgraph = defineSubgraph({
  name: 'catalog',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  asks: ['accounts', 'booking'],
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
  seed: async ({ databaseUrl }) => {
    await seedCatalog({ databaseUrl });
    return [];
  },
});
