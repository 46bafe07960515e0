import type { GeoPoint } from './geo-point.ts';

/** A city on sale. */
export interface City {
  /** 3 to 8 letters a-z; prefixes the ids of everything partitioned by city. */
  readonly code: string;
  readonly name: string;
  /** In English. */
  readonly country: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** The second part of its ISO 3166-2 code, such as `ENG`; null where it is not known. */
  readonly region: string | null;
  /** IANA name. */
  readonly timeZone: string;
  /** ISO 4217 code of the prices of its shows. */
  readonly currency: string;
  readonly location: GeoPoint;
}

const CITY_ID = /^cty_([a-z]{3,8})$/;

/** The public id of a city: its code with a prefix. */
export function toCityId(code: string): string {
  return `cty_${code}`;
}

/** The city code in a public id, or null if the id is malformed. */
export function parseCityId(id: string): string | null {
  return CITY_ID.exec(id)?.[1] ?? null;
}
