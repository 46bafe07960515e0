import { PrismaClient } from '@marquee/prisma-search';
import { defineSubgraph } from '@marquee/subgraph';

import { SESSION } from './adapters/session.ts';
import { openDeps } from './deps.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { rebuildWhenAsked } from './use-cases/rebuild.ts';

const MINUTE_MS = 60_000;

/** A read model of titles, venues and shows, by which people find them. */
export const subgraph = defineSubgraph({
  name: 'search',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  session: SESSION,
  caches: true,
  asks: ['catalog', 'ratings'],
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
  jobs: (deps) => [
    { name: 'rebuild', everyMs: 2_000, run: () => rebuildWhenAsked(deps) },
    { name: 'mark-popular', everyMs: 10 * MINUTE_MS, run: () => deps.slots.refreshHot() },
    { name: 'delete-past', everyMs: 60 * MINUTE_MS, run: () => deps.retention.deletePast() },
    { name: 'delete-unknown', everyMs: 60 * MINUTE_MS, run: () => deps.retention.deleteUnknown() },
  ],
});
