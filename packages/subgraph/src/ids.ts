import { v7 as uuidv7 } from 'uuid';

const ID = /^[\w-]{1,100}$/;
const CITY_PARTITIONED = /^([a-z]{3,8})_[a-z]{3}_/;

/** A new id of a thing that belongs to no city, such as `usr_0199…`: time-ordered. @param kind three letters */
export function newId(kind: string): string {
  return `${kind}_${uuidv7().replaceAll('-', '')}`;
}

/** A new id of a thing kept in its city's partition, such as `lon_bkg_0199…`: its city can be read off it. */
export function newCityId(cityCode: string, kind: string): string {
  return `${cityCode}_${newId(kind)}`;
}

/**
 * Whether a text that a client sent as an id could be one. The database refuses some that could not, and with them
 * whatever others ask for in the same statement: look up none of those.
 */
export function isPossibleId(id: string): boolean {
  return ID.test(id);
}

/** The city code that a city-partitioned id starts with; null when the id is not of that form. */
export function cityCodeOf(id: string): string | null {
  return CITY_PARTITIONED.exec(id)?.[1] ?? null;
}
