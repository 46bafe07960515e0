import seed from './catalog-seed.json' with { type: 'json' };

/** The films that cinemas of catalog's seed show, the most rated first: ids with genres. */
export const FILMS = Object.entries(seed.films);

/** Its live events: ids with genres. */
export const LIVE_EVENTS = Object.entries(seed.liveEvents);

/** Its cities: codes with time zones. */
export const CITIES = Object.entries(seed.cities);
