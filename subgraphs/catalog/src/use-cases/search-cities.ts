import type { City } from '../domain/city.ts';
import { type GeoPoint, validLocation } from '../domain/geo-point.ts';
import type { CitySortKey, Page } from '../domain/listing.ts';
import type { Cities } from '../domain/ports.ts';
import { searchTerm } from '../domain/text.ts';

export interface SearchCitiesDeps {
  readonly cities: Pick<Cities, 'search'>;
}

export interface SearchCitiesInput {
  readonly search?: string | null | undefined;
  readonly near?: GeoPoint | null | undefined;
}

/**
 * Finds cities: ranked by name with `search`, by distance with `near`, else in alphabetical order.
 *
 * @returns up to `page.limit + 1` cities with their sort keys
 * @throws {CodedError} BAD_USER_INPUT for a search that is too long or unprintable, and for coordinates out of range
 */
export async function searchCities(
  { cities }: SearchCitiesDeps,
  { search, near }: SearchCitiesInput,
  page: Page<CitySortKey>,
): Promise<(City & CitySortKey)[]> {
  const location = near ? validLocation('near', near) : null;
  return cities.search({ search: searchTerm('search', search), near: location }, page);
}
