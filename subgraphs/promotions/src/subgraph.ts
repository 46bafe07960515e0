import { PrismaClient } from '@marquee/prisma-promotions';
import { defineSubgraph } from '@marquee/subgraph';

import { joinRoutes } from './adapters/join-routes.ts';
import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { seed } from './seed.ts';
import { settings } from './settings.ts';
import { releaseReservations } from './use-cases/release-reservations.ts';
import { rewardReferrals } from './use-cases/reward-referrals.ts';

const RELEASE_EVERY_MS = 15_000;
const COUNT_EVERY_MS = 2_000;
const REWARD_EVERY_MS = 2_000;
const HOUR_MS = 3_600_000;

/** Coupons, which take something off the price of seats, and referrals, which reward both people. */
export const subgraph = defineSubgraph({
  name: 'promotions',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  settings,
  asks: ['accounts', 'booking', 'payments'],
  resolvers,
  permissions,
  personalData,
  deps: openDeps,
  loaders,
  handlers,
  routes: joinRoutes,
  seed,
  jobs: (deps) => [
    { name: 'release-reservations', everyMs: RELEASE_EVERY_MS, run: () => releaseReservations(deps) },
    { name: 'count-uses', everyMs: COUNT_EVERY_MS, run: () => deps.couponCounts.addUp() },
    { name: 'reward-referrals', everyMs: REWARD_EVERY_MS, run: () => rewardReferrals(deps) },
    { name: 'delete-code-tries', everyMs: HOUR_MS, run: () => deps.codeTries.deleteOld() },
  ],
});
