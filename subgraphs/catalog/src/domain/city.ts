import type { GeoPoint } from './geo-point.ts';

/** A city on sale. */
export interface City {
  /** 3 to 8 letters a-z: starts the ids of all that is kept by city. */
  readonly code: string;
  readonly name: string;
  /** The country's English name. */
  readonly country: string;
  /** An IANA time zone. */
  readonly timeZone: string;
  /** The ISO 4217 code of the currency that its shows are priced in. */
  readonly currency: string;
  readonly location: GeoPoint;
}

const CITY_ID = /^cty_([a-z]{3,8})$/;

/** A city's id is its code, told apart from other ids. */
export function cityIdOf(code: string): string {
  return `cty_${code}`;
}

/** The code of a city's id; null when it is no city's id. */
export function codeOfCityId(id: string): string | null {
  return CITY_ID.exec(id)?.[1] ?? null;
}
