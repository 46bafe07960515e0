import type { SqlClient } from '@marquee/database';
import { newCityId, newId } from '@marquee/subgraph/ids';

import { CityRepository } from './adapters/cities.ts';
import { ScreenRepository } from './adapters/screens.ts';
import { ShowRepository } from './adapters/shows.ts';
import { TitleRepository } from './adapters/titles.ts';
import { VenueRepository } from './adapters/venues.ts';
import type { LoaderDeps } from './loaders.ts';
import type { CreateTitleDeps } from './use-cases/create-title.ts';
import type { CreateVenueDeps } from './use-cases/create-venue.ts';
import type { ScheduleShowsDeps } from './use-cases/schedule-shows.ts';
import type { SearchCitiesDeps } from './use-cases/search-cities.ts';
import type { Titles } from './domain/ports.ts';

/** The dependencies of use cases, loaders and resolvers. */
export type Deps = CreateVenueDeps &
  CreateTitleDeps &
  ScheduleShowsDeps &
  SearchCitiesDeps &
  LoaderDeps & { readonly titles: Titles };

/** Builds the adapters. */
export function openDeps(sql: SqlClient, now: () => Date): Deps {
  return {
    cities: new CityRepository(sql),
    titles: new TitleRepository(sql),
    venues: new VenueRepository(sql),
    screens: new ScreenRepository(sql),
    shows: new ShowRepository(sql),
    newId,
    newShowId: (cityCode) => newCityId(cityCode, 'shw'),
    now,
  };
}
