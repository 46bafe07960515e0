import type { CancellationTier } from '../domain/cancellation-policy.ts';
import { CLEANING_MINUTES, screeningTimes } from '../domain/screening-times.ts';
import { newTierId } from '../domain/show.ts';
import type { NewShow, ShowBatch } from '../domain/show-batch.ts';
import type { Title } from '../domain/title.ts';
import { dayNumber, instantOf, weekday } from './calendar.ts';
import type { Film } from './films.ts';
import type { LiveEvent, LiveKind } from './live-events.ts';
import { pick, pickOne } from './pick.ts';
import type { SeedPlace, SeedScreen } from './places.ts';
import { priceOf } from './prices.ts';

export interface Repertoire {
  /** Most popular first. */
  readonly films: readonly Film[];
  readonly live: readonly LiveEvent[];
}

/** One performance on a screen's day. */
interface Slot {
  readonly title: Title;
  readonly language: string;
  readonly format: string;
  readonly highDemand: boolean;
  /** Minutes after midnight. */
  readonly minutes: number;
  /** Multiplies the prices of the hall. */
  readonly priceFactor: number;
}

/** A screen of the seed with where it is. */
interface SeedSite {
  readonly place: SeedPlace;
  readonly venue: SeedPlace['venues'][number]['venue'];
  readonly screen: SeedScreen;
}

/** The number of most popular films that cinemas show. */
const FILMS_SHOWN = 300;
const LAST_START = 22 * 60 + 30;
const MATINEE_ENDS = 17 * 60;
const FORMAT_FACTORS: Readonly<Record<string, number>> = { IMAX: 1.4, '3D': 1.2 };
const CINEMA_CANCELLATION: readonly CancellationTier[] = [{ hoursBefore: 2, refundPercent: 100 }];
const LIVE_CANCELLATION: readonly CancellationTier[] = [
  { hoursBefore: 72, refundPercent: 100 },
  { hoursBefore: 24, refundPercent: 50 },
];

/** The shows of a city on the given days, deterministic for each day. */
export function showsOfCity(
  place: SeedPlace,
  days: readonly string[],
  repertoire: Repertoire,
  salesOpenAt: Date,
): ShowBatch[] {
  return place.venues.flatMap(({ venue, screens }) =>
    screens.flatMap((screen) => batchesOf({ place, venue, screen }, days, repertoire, salesOpenAt)),
  );
}

/** Groups the shows of a title on the screen with the same terms into one batch. */
function batchesOf(site: SeedSite, days: readonly string[], repertoire: Repertoire, salesOpenAt: Date): ShowBatch[] {
  const { place, venue, screen } = site;
  const batches = new Map<string, ShowBatch & { shows: NewShow[] }>();
  for (const day of days) {
    const slots = isLive(screen) ? liveSlots(site, day, repertoire) : filmSlots(site, day, repertoire);
    for (const [index, slot] of slots.entries()) {
      const { title, language, format, highDemand } = slot;
      const key = [title.id, language, format, highDemand].join();
      const batch = batches.get(key) ?? {
        screen: { ...screen.screen, venue, city: place.city, tierNames: screen.layout.tierNames },
        title,
        language,
        format,
        highDemand,
        cancellationTiers: isLive(screen) ? LIVE_CANCELLATION : CINEMA_CANCELLATION,
        salesOpenAt,
        shows: [],
      };
      batch.shows.push(toNewShow(site, day, index, slot));
      batches.set(key, batch);
    }
  }
  return [...batches.values()];
}

function toNewShow({ place: { city }, screen }: SeedSite, day: string, index: number, slot: Slot): NewShow {
  const [, key = ''] = screen.screen.id.split('_seed_');
  const id = `${city.code}_shw_seed${day.replaceAll('-', '')}${key.replace(city.code, 'v')}_${index + 1}`;
  const prices = Object.entries(screen.hall.tierFactors).map(([name, factor]) => ({
    name,
    price: priceOf(factor * slot.priceFactor, city.currency),
  }));
  const tiers = prices
    .toSorted((a, b) => a.price.amount - b.price.amount)
    .map((tier, position) => ({ id: newTierId(id, position), ...tier }));
  return { id, tiers, ...screeningTimes(instantOf(day, slot.minutes, city.timeZone), slot.title.durationMinutes) };
}

const isLive = ({ use }: SeedScreen): boolean => use === 'playhouse' || use === 'arena';

/** Each screen alternates two films a week: one dubbed where possible, one in its original language. */
function filmSlots({ place, screen }: SeedSite, day: string, { films }: Repertoire): Slot[] {
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
    const dubbed = turn % 2 === 0 && title.languages.includes(place.language);
    const format = formatOf(film, screen);
    const matinee = minutes < MATINEE_ENDS && !weekend ? 0.8 : 1;
    slots.push({
      title,
      language: dubbed ? place.language : (title.languages[0] ?? 'English'),
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

/** Kinds of events and their start times by weekday, from Sunday. */
const PLAYHOUSE_WEEK: readonly (readonly (readonly [LiveKind, number])[])[] = [
  [['comedy', 19 * 60]],
  [['concert', 20 * 60]],
  [['theatre', 19 * 60 + 30]],
  [['theatre', 19 * 60 + 30]],
  [['theatre', 19 * 60 + 30]],
  [['theatre', 19 * 60 + 30]],
  [
    ['theatre', 14 * 60],
    ['theatre', 19 * 60 + 30],
  ],
];
const ARENA_WEEK: typeof PLAYHOUSE_WEEK = [
  [['sport', 15 * 60]],
  [],
  [['comedy', 20 * 60]],
  [['concert', 20 * 60]],
  [['sport', 18 * 60 + 30]],
  [['concert', 20 * 60]],
  [['concert', 20 * 60]],
];

function liveSlots({ screen }: SeedSite, day: string, { live }: Repertoire): Slot[] {
  const { id } = screen.screen;
  // Weeks start on Monday.
  const week = Math.floor((dayNumber(day) + 3) / 7);
  const kinds = (screen.use === 'arena' ? ARENA_WEEK : PLAYHOUSE_WEEK)[weekday(day)] ?? [];
  return kinds.map(([kind, minutes]) => {
    // A play runs for three weeks, anything else for one evening.
    const run = kind === 'theatre' ? Math.floor(week / 3) : dayNumber(day);
    const { title } = pickOne(
      live.filter((event) => event.kind === kind),
      id,
      run,
      kind,
    );
    const language = title.languages[0] ?? 'English';
    const highDemand = kind === 'concert' && pick(3, id, run) === 0;
    const priceFactor =
      { concert: 1.3, theatre: 1, comedy: 0.7, sport: 0.9 }[kind] * (minutes < MATINEE_ENDS ? 0.8 : 1);
    return { title, language, format: 'Live', highDemand, minutes, priceFactor };
  });
}
