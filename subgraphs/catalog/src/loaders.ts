import { byId, byKey, groupedBy, type Period, perArguments } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { City } from './domain/city.ts';
import type { CityDay, CityPeriod, Page, ShowSortKey, TitleDate, VenueSortKey } from './domain/listing.ts';
import type { Show } from './domain/show.ts';
import type { Title } from './domain/title.ts';
import type { LayoutTiers, Screen, Venue, Workplace } from './domain/venue.ts';

export interface Loaders {
  /** By city code. */
  readonly cities: DataLoader<string, City | null>;
  readonly titles: DataLoader<string, Title | null>;
  readonly venues: DataLoader<string, Venue | null>;
  readonly screens: DataLoader<string, Screen | null>;
  /** The price tiers of a screen, by the id of its layout. */
  readonly layoutTiers: DataLoader<string, LayoutTiers | null>;
  readonly shows: DataLoader<string, Show | null>;
  readonly screensOfVenue: DataLoader<string, readonly Screen[]>;
  /** A page of venues by city code. */
  venuesOfCity(page: Page<VenueSortKey>): DataLoader<string, readonly Venue[]>;
  /** A page of the venues of a person's organisations, or of one of these, by user id. */
  venuesOfUser(page: Page<VenueSortKey>, organisationId: string | null): DataLoader<string, readonly Venue[]>;
  /** A page of a period's shows by venue id. */
  scheduleOfVenue(period: Period, page: Page<ShowSortKey>): DataLoader<string, readonly Show[]>;
  /** The days with shows by title id. */
  datesOfTitle(period: CityPeriod): DataLoader<string, readonly TitleDate[]>;
  /** A page of a day's shows by title id. */
  showsOfTitle(day: CityDay, page: Page<ShowSortKey>): DataLoader<string, readonly Show[]>;
  /** A page of a day's shows by venue id. */
  showsOfVenue(date: string, page: Page<ShowSortKey>): DataLoader<string, readonly Show[]>;
}

export function loaders(deps: Omit<Deps, 'now' | 'countDemand'>): Loaders {
  const { cities, titles, venues, screens, shows, findOrganisationRoles } = deps;
  const workplacesOf = async (userIds: readonly string[], only: string | null): Promise<Workplace[]> => {
    const each = userIds.map(async (userId) =>
      (await findOrganisationRoles(userId)).map(({ organisationId }) => ({ userId, organisationId })),
    );
    const all = (await Promise.all(each)).flat();
    return only === null ? all : all.filter(({ organisationId }) => organisationId === only);
  };
  return {
    cities: byKey(
      (codes) => cities.findMany(codes),
      ({ code }) => code,
    ),
    titles: byId((ids) => titles.findMany(ids)),
    venues: byId((ids) => venues.findMany(ids)),
    screens: byId((ids) => screens.findMany(ids)),
    layoutTiers: byId((ids) => screens.tiersOf(ids)),
    shows: byId((ids) => shows.findMany(ids)),
    screensOfVenue: groupedBy(
      (ids) => screens.ofVenues(ids),
      ({ venueId }) => venueId,
    ),
    venuesOfCity: perArguments((page: Page<VenueSortKey>) =>
      groupedBy(
        (codes) => venues.ofCities(codes, page),
        ({ cityCode }) => cityCode,
      ),
    ),
    venuesOfUser: perArguments((page: Page<VenueSortKey>, organisationId: string | null) =>
      groupedBy(
        async (userIds) => venues.ofUsers(await workplacesOf(userIds, organisationId), page),
        ({ userId }) => userId,
      ),
    ),
    scheduleOfVenue: perArguments((period: Period, page: Page<ShowSortKey>) =>
      groupedBy(
        (ids) => shows.scheduleOf(ids, period, page),
        ({ venueId }) => venueId,
      ),
    ),
    datesOfTitle: perArguments((period: CityPeriod) =>
      groupedBy(
        (ids) => shows.datesOf(ids, period),
        ({ titleId }) => titleId,
      ),
    ),
    showsOfTitle: perArguments((day: CityDay, page: Page<ShowSortKey>) =>
      groupedBy(
        (ids) => shows.ofTitles(ids, day, page),
        ({ titleId }) => titleId,
      ),
    ),
    showsOfVenue: perArguments((date: string, page: Page<ShowSortKey>) =>
      groupedBy(
        (ids) => shows.ofVenues(ids, date, page),
        ({ venueId }) => venueId,
      ),
    ),
  };
}
