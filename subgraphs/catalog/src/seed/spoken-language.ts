import type { Film } from './films.ts';
import { pick } from './pick.ts';
import type { SeedPlace } from './places.ts';
import type { Dubbing } from './seed-city.ts';
import { MATINEE_ENDS } from './slot.ts';

/** A performance among those of its screen and day. */
interface Performance {
  readonly screenId: string;
  /** Counted from 0; a screen alternates two films. */
  readonly turn: number;
  /** Minutes after midnight. */
  readonly minutes: number;
}

/** Languages of films that are shown with subtitles everywhere. */
const NEVER_DUBBED: ReadonlySet<string> = new Set(['Aramaic', 'Yucatec Maya']);
/** One screen in so many shows its second film in the original language where most films are dubbed. */
const ORIGINALS_EVERY = 3;

/** The language that a performance is spoken in. */
export function spokenLanguage({ title }: Film, place: Omit<SeedPlace, 'venues'>, performance: Performance): string {
  const [original = 'English'] = title.languages;
  const dubbed = !NEVER_DUBBED.has(original) && isDubbed(title.genres, place.dubs, performance);
  return dubbed ? place.language : original;
}

function isDubbed(
  genres: readonly string[],
  dubs: Dubbing | undefined,
  { screenId, turn, minutes }: Performance,
): boolean {
  const isFirstFilm = turn % 2 === 0;
  if (dubs === undefined) return false;
  if (genres.includes('Family') && minutes < MATINEE_ENDS) return true;
  if (dubs === 'most') return isFirstFilm || pick(ORIGINALS_EVERY, screenId, 'originals') > 0;
  return dubs === 'some' && isFirstFilm;
}
