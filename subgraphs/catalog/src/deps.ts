import type { PrismaClient } from '@marquee/prisma-catalog';
import { findOrganisationRoles, type FindOrganisationRoles, type SubgraphRuntime } from '@marquee/subgraph';

import { CityRepository } from './adapters/cities.ts';
import { FactsRepository } from './adapters/facts.ts';
import { ScreenRepository } from './adapters/screens.ts';
import { countDemand } from './adapters/show-demand.ts';
import { ShowRepository } from './adapters/shows.ts';
import { TitleRepository } from './adapters/titles.ts';
import { VenueRepository } from './adapters/venues.ts';
import type { CountDemand } from './domain/ports.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly cities: CityRepository;
  readonly titles: TitleRepository;
  readonly venues: VenueRepository;
  readonly screens: ScreenRepository;
  readonly shows: ShowRepository;
  readonly facts: FactsRepository;
  readonly countDemand: CountDemand;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly now: () => Date;
}

export function openDeps({ client, calls, now }: SubgraphRuntime<PrismaClient, unknown>): Deps {
  return {
    cities: new CityRepository(client),
    titles: new TitleRepository(client),
    venues: new VenueRepository(client),
    screens: new ScreenRepository(client),
    shows: new ShowRepository(client),
    facts: new FactsRepository(client),
    countDemand: countDemand(calls),
    findOrganisationRoles: findOrganisationRoles(calls),
    now,
  };
}
