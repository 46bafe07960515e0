import { PrismaClient } from '@marquee/prisma-promotions';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { releaseReservations } from './use-cases/release-reservations.ts';

const RELEASE_EVERY_MS = 15_000;
const HOUR_MS = 3_600_000;

/** Coupons: codes that take something off the price of seats. */
export const subgraph = defineSubgraph({
  name: 'promotions',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  asks: ['accounts', 'booking'],
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
  jobs: (deps) => [
    { name: 'release-reservations', everyMs: RELEASE_EVERY_MS, run: () => releaseReservations(deps) },
    { name: 'delete-code-tries', everyMs: HOUR_MS, run: () => deps.codeTries.deleteOld() },
  ],
});
