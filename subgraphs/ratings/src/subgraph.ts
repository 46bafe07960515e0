import { PrismaClient } from '@marquee/prisma-ratings';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { seed } from './seed.ts';

const MINUTE_MS = 60_000;

/** Reviews of titles and venues. */
export const subgraph = defineSubgraph({
  name: 'ratings',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  asks: ['accounts', 'catalog'],
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
  personalData,
  seed,
  jobs: ({ ratings }) => [{ name: 'refresh-priors', everyMs: MINUTE_MS, run: () => ratings.refreshPriors() }],
});
