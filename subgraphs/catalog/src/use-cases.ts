import type { Actor } from './domain/actor.ts';
import type { City } from './domain/city.ts';
import { createTitle, type CreateTitleDeps, type CreateTitleInput } from './use-cases/create-title.ts';
import { createVenue, type CreateVenueDeps, type CreateVenueInput } from './use-cases/create-venue.ts';
import type { Cities, CityPosition, Page, ShowingSearch, TitlePosition, Titles } from './domain/ports.ts';
import { scheduleShows, type ScheduleShowsDeps, type ScheduleShowsInput } from './use-cases/schedule-shows.ts';
import { searchCities, type SearchCitiesInput } from './use-cases/search-cities.ts';
import type { Show } from './domain/show.ts';
import type { Title } from './domain/title.ts';
import type { Venue } from './domain/venue.ts';

/** What resolvers call. */
export interface CatalogUseCases {
  searchCities(input: SearchCitiesInput, page: Page<CityPosition>): Promise<(City & CityPosition)[]>;
  titlesShowing(search: ShowingSearch, page: Page<TitlePosition>): Promise<(Title & TitlePosition)[]>;
  countTitlesShowing(search: ShowingSearch): Promise<number>;
  createVenue(actor: Actor, input: CreateVenueInput): Promise<Venue>;
  createTitle(actor: Actor, input: CreateTitleInput): Promise<Title>;
  scheduleShows(actor: Actor, input: ScheduleShowsInput): Promise<readonly Show[]>;
}

/** Everything that the use cases depend on. */
export type UseCaseDeps = CreateVenueDeps &
  CreateTitleDeps &
  ScheduleShowsDeps & { readonly cities: Cities; readonly titles: Titles };

/** Gives the use cases their dependencies. */
export function catalogUseCases(deps: UseCaseDeps): CatalogUseCases {
  return {
    searchCities: (input, page) => searchCities(deps, input, page),
    titlesShowing: (search, page) => deps.titles.showing(search, page),
    countTitlesShowing: (search) => deps.titles.countShowing(search),
    createVenue: (actor, input) => createVenue(deps, actor, input),
    createTitle: (actor, input) => createTitle(deps, actor, input),
    scheduleShows: (actor, input) => scheduleShows(deps, actor, input),
  };
}
