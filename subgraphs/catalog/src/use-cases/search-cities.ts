import { badInput } from '@marquee/errors';

import type { City } from '../domain/city.ts';
import { type GeoPoint, placeOnEarth } from '../domain/geo-point.ts';
import type { Cities, CityPosition, Page } from '../domain/ports.ts';
import { foldName, isUnprintable } from '../domain/text.ts';

export interface SearchCitiesInput {
  readonly search?: string | null | undefined;
  readonly near?: GeoPoint | null | undefined;
}

const MAX_SEARCH = 100;

/**
 * Cities by likeness of their name, by distance, or by name.
 *
 * @returns up to `page.limit + 1` cities with their positions
 * @throws {CodedError} BAD_USER_INPUT for a search that is too long and for a place that is not on earth
 */
export async function searchCities(
  { cities }: { cities: Pick<Cities, 'search'> },
  { search, near }: SearchCitiesInput,
  page: Page<CityPosition>,
): Promise<(City & CityPosition)[]> {
  if (search && search.length > MAX_SEARCH) throw badInput('search', `Search with ${MAX_SEARCH} characters at most.`);
  if (search && isUnprintable(search)) throw badInput('search', 'It holds characters that no name has.');
  const folded = foldName(search ?? '');
  return cities.search({ search: folded === '' ? null : folded, near: near ? placeOnEarth('near', near) : null }, page);
}
