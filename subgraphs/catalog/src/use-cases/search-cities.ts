import { badInput } from '@marquee/errors';

import type { City } from '../domain/city.ts';
import { type GeoPoint, validLocation } from '../domain/geo-point.ts';
import type { CitySortKey, Page } from '../domain/listing.ts';
import type { Cities } from '../domain/ports.ts';
import { foldName, isUnprintable } from '../domain/text.ts';

export interface SearchCitiesDeps {
  readonly cities: Pick<Cities, 'search'>;
}

export interface SearchCitiesInput {
  readonly search?: string | null | undefined;
  readonly near?: GeoPoint | null | undefined;
}

const MAX_SEARCH_LENGTH = 100;

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
  if (search && search.length > MAX_SEARCH_LENGTH) {
    throw badInput('search', `Enter at most ${MAX_SEARCH_LENGTH} characters.`);
  }
  if (search && isUnprintable(search)) throw badInput('search', 'Remove the characters that cannot be displayed.');
  const folded = foldName(search ?? '');
  return cities.search(
    { search: folded === '' ? null : folded, near: near ? validLocation('near', near) : null },
    page,
  );
}
