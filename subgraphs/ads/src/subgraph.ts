import { PrismaClient } from '@marquee/prisma-ads';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { seed } from './seed.ts';
import { settings } from './settings.ts';
import { paceCampaigns } from './use-cases/pace-campaigns.ts';

const PACE_EVERY_MS = 5_000;
const RELEASE_EVERY_MS = 15_000;
const HOUR_MS = 3_600_000;

/** Campaigns, whose cards are in feeds: auctions, what they cost, and reports. */
export const subgraph = defineSubgraph({
  name: 'ads',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  settings,
  asks: ['accounts', 'catalog'],
  resolvers,
  permissions,
  personalData,
  deps: openDeps,
  loaders,
  handlers,
  seed,
  jobs: (deps) => [
    { name: 'pace-campaigns', everyMs: PACE_EVERY_MS, run: () => paceCampaigns(deps) },
    { name: 'settle-spend', everyMs: deps.settleIntervalMs, run: () => deps.settlements.settle() },
    { name: 'release-placements', everyMs: RELEASE_EVERY_MS, run: () => deps.unseen.release() },
    { name: 'delete-old-placements', everyMs: HOUR_MS, run: () => deps.unseen.deleteOld() },
  ],
});
