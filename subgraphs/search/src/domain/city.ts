const CITY_ID = /^cty_([a-z]{3,8})$/;

/** The code of a city by its public id; null without an id. An id that no city can have is a code that none has. */
export function cityCodeIn(id: string | null | undefined): string | null {
  return id === null || id === undefined ? null : (CITY_ID.exec(id)?.[1] ?? '');
}
