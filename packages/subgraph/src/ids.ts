import { v7 as uuidv7 } from 'uuid';

const ID = /^[\w-]{1,100}$/;
const CITY_PARTITIONED = /^([a-z]{3,8})_[a-z]{3}_/;

/** A new time-ordered id, such as `usr_0199…`. @param kind three letters */
export function newId(kind: string): string {
  return `${kind}_${uuidv7().replaceAll('-', '')}`;
}

/** A new id for a table partitioned by city, such as `lon_bkg_0199…`. */
export function newCityId(cityCode: string, kind: string): string {
  return `${cityCode}_${newId(kind)}`;
}

/**
 * Whether a client's string can be an id. Look up no others: Postgres rejects some of them, and with them the whole
 * statement, which may contain other callers' ids.
 */
export function isPossibleId(id: string): boolean {
  return ID.test(id);
}

/** The city code at the start of an id; null when it has none. */
export function cityCodeOf(id: string): string | null {
  return CITY_PARTITIONED.exec(id)?.[1] ?? null;
}
