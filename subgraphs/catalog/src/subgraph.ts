import { PrismaClient } from '@marquee/prisma-catalog';
import { connectDomain, defineSubgraph, type DomainDeps, newCityId, newId, type Subgraph } from '@marquee/subgraph';

import type { CatalogContext } from './context.ts';
import { handlers } from './events.ts';
import { catalogLoaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { CityRepository } from './adapters/cities.ts';
import { ScreenRepository } from './adapters/screens.ts';
import { ShowRepository } from './adapters/shows.ts';
import { TitleRepository } from './adapters/titles.ts';
import { VenueRepository } from './adapters/venues.ts';
import { resolvers } from './generated/resolver-map.ts';
import { catalogUseCases } from './use-cases.ts';

export interface CatalogDeps extends DomainDeps {
  readonly now?: () => Date;
}

/** Puts the catalog subgraph together. */
export function buildCatalog(deps: CatalogDeps): Subgraph {
  const { now = () => new Date(), log } = deps;
  const runtime = connectDomain('catalog', PrismaClient, deps);
  const { client, relay } = runtime;
  const sources = {
    cities: new CityRepository(client),
    titles: new TitleRepository(client),
    venues: new VenueRepository(client),
    screens: new ScreenRepository(client),
    shows: new ShowRepository(client),
  };
  const catalog = catalogUseCases({
    ...sources,
    newId,
    newShowId: (cityCode) => newCityId(cityCode, 'shw'),
    now,
  });
  return defineSubgraph<CatalogContext>({
    name: 'catalog',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({ ...request, catalog, loaders: catalogLoaders(sources), now: now() }),
    relay,
    consumers: [runtime.consumer(handlers)],
    jobs: [runtime.housekeeping],
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: deps.instruments,
  });
}
