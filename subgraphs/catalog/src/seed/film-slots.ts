import { CLEANING_MINUTES } from '../domain/screening-times.ts';
import { dayNumber, weekday } from './calendar.ts';
import type { Film } from './films.ts';
import { pick, pickOne } from './pick.ts';
import type { SeedPlace, SeedScreen } from './places.ts';
import { MATINEE_ENDS, MATINEE_FACTOR, type Slot } from './slot.ts';
import { spokenLanguage } from './spoken-language.ts';

/** The number of most popular films that cinemas show. */
const FILMS_SHOWN = 300;
const LAST_START = 22 * 60 + 30;
const FORMAT_FACTORS: Readonly<Record<string, number>> = { IMAX: 1.4, '3D': 1.2 };

/** Each screen alternates two films a week. */
export function filmSlots(place: SeedPlace, screen: SeedScreen, day: string, films: readonly Film[]): Slot[] {
  const { id } = screen.screen;
  // Screens change films on different weekdays.
  const week = Math.floor((dayNumber(day) + pick(7, id)) / 7);
  const weekend = weekday(day) === 0 || weekday(day) === 6;
  const inCinemas = films.slice(0, FILMS_SHOWN);
  const pair = [pickOne(inCinemas, id, week, 'first'), pickOne(inCinemas, id, week, 'second')];
  const slots: Slot[] = [];
  let minutes = (weekend ? 10 : 12) * 60 + 10 * pick(6, id);
  for (let turn = 0; minutes <= LAST_START; turn += 1) {
    const film = pair[turn % 2] ?? pickOne(inCinemas, id, week);
    const { title } = film;
    const format = formatOf(film, screen);
    const matinee = minutes < MATINEE_ENDS && !weekend ? MATINEE_FACTOR : 1;
    slots.push({
      title,
      language: spokenLanguage(film, place, { screenId: id, turn, minutes }),
      format,
      highDemand: false,
      minutes,
      priceFactor: matinee * (FORMAT_FACTORS[format] ?? 1),
    });
    minutes = Math.ceil((minutes + title.durationMinutes + CLEANING_MINUTES + 10) / 5) * 5;
  }
  return slots;
}

function formatOf({ in3d }: Film, { use }: SeedScreen): string {
  if (use === 'giant') return 'IMAX';
  return use === 'large' && in3d ? '3D' : '2D';
}
