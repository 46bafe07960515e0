import { PrismaClient } from '@marquee/prisma-catalog';
import { connectDomain, defineSubgraph, type DomainDeps, type Subgraph } from '@marquee/subgraph';

import type { Context } from './context.ts';
import { openDeps } from './deps.ts';
import { handlers } from './events.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './generated/resolver-map.ts';

export interface CatalogDeps extends DomainDeps {
  readonly now?: () => Date;
}

/** Builds the catalog subgraph. */
export function buildCatalog(deps: CatalogDeps): Subgraph {
  const { now = () => new Date(), log } = deps;
  const runtime = connectDomain('catalog', PrismaClient, deps);
  const { client, relay } = runtime;
  const catalogDeps = openDeps(client, now);
  return defineSubgraph<Context>({
    name: 'catalog',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({ ...request, deps: catalogDeps, loaders: loaders(catalogDeps) }),
    relay,
    consumers: [runtime.consumer(handlers)],
    jobs: [runtime.housekeeping],
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: deps.instruments,
  });
}
