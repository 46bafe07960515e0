import cast from './film-cast.json' with { type: 'json' };

/** The main cast of films, by name; of animated films, the voices. */
export const FILM_CAST: Readonly<Record<string, string>> = cast;
