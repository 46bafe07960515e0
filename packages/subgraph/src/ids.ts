import { v7 as uuidv7 } from 'uuid';

const ID = /^[\w-]{1,100}$/;
/** The milliseconds of a UUID of version 7. */
const MADE = /_([0-9a-f]{12})7[0-9a-f]{19}$/;
const CITY_PARTITIONED = /^([a-z]{3,8})_[a-z]{3}_/;

/** A new time-ordered id, such as `usr_0199…`. @param kind three letters */
export function newId(kind: string): string {
  return `${kind}_${uuidv7().replaceAll('-', '')}`;
}

/** A new id for a table partitioned by city, such as `lon_bkg_0199…`. */
export function newCityId(cityCode: string, kind: string): string {
  return `${cityCode}_${newId(kind)}`;
}

/** When an id was made, as it claims; null when it claims nothing. */
export function madeAt(id: string): Date | null {
  const [, time] = MADE.exec(id) ?? [];
  return time === undefined ? null : new Date(Number.parseInt(time, 16));
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
