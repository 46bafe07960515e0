import { PrismaClient } from '@marquee/prisma-feed';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { settings } from './settings.ts';
import { catchUp } from './use-cases/catch-up.ts';

const HOUR_MS = 60 * 60_000;
/** How often it is asked whether a comparison is due. */
const CATCH_UP_MS = 5 * 60_000;

/** The shows of a city to begin with, for one person. */
export const subgraph = defineSubgraph({
  name: 'feed',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  settings,
  caches: true,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  asks: ['accounts', 'ads', 'catalog'],
  handlers,
  personalData,
  jobs: ({ retention, catalog, copy }) => [
    { name: 'catch-up', everyMs: CATCH_UP_MS, run: () => catchUp({ catalog, copy }) },
    { name: 'delete-past-shows', everyMs: HOUR_MS, run: () => retention.deletePastShows() },
    { name: 'delete-old-interests', everyMs: HOUR_MS, run: () => retention.deleteOldInterests() },
    { name: 'delete-unknown-titles', everyMs: HOUR_MS, run: () => retention.deleteUnknownTitles() },
    { name: 'trim-pairs', everyMs: HOUR_MS, run: () => retention.trimPairs() },
  ],
});
