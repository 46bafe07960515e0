import { badInput } from '@marquee/errors';

import type { GeoPoint } from './candidates.ts';

const CITY_ID = /^cty_([a-z0-9-]{1,20})$/;

/** The code in a city's id, by which events call it; null when it is no city's. */
export function cityCodeIn(cityId: string): string | null {
  return CITY_ID.exec(cityId)?.[1] ?? null;
}

/** @throws {CodedError} BAD_USER_INPUT when no place has these coordinates */
export function requirePoint({ latitude, longitude }: GeoPoint): void {
  if (Math.abs(latitude) > 90) throw badInput('near.latitude', 'Enter a latitude from -90 to 90.');
  if (Math.abs(longitude) > 180) throw badInput('near.longitude', 'Enter a longitude from -180 to 180.');
}
