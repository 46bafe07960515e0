const CITY_ID = /^cty_([a-z]{3,8})$/;

/** The code in a city's id; null when it is not the id of a city. */
export function cityCodeIn(cityId: string): string | null {
  return CITY_ID.exec(cityId)?.[1] ?? null;
}
