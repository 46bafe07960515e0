import type { CancellationTier } from '../domain/cancellation-policy.ts';
import { screeningTimes } from '../domain/screening-times.ts';
import { newTierId } from '../domain/show.ts';
import type { NewShow, ShowBatch } from '../domain/show-batch.ts';
import { instantAt } from './calendar.ts';
import { filmSlots } from './film-slots.ts';
import type { Film } from './films.ts';
import type { LiveEvent } from './live-events.ts';
import { liveSlots } from './live-slots.ts';
import type { SeedPlace, SeedScreen } from './places.ts';
import { seedPrice } from './prices.ts';
import type { Slot } from './slot.ts';

export interface Repertoire {
  /** Most popular first. */
  readonly films: readonly Film[];
  readonly live: readonly LiveEvent[];
}

/** A screen of the seed with where it is. */
interface SeedSite {
  readonly place: SeedPlace;
  readonly venue: SeedPlace['venues'][number]['venue'];
  readonly screen: SeedScreen;
}

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

/** Days of a city. */
interface CityDays {
  readonly place: SeedPlace;
  readonly days: readonly string[];
}

/** The languages in which titles are shown in the cities on the days, by the title's id. */
export function languagesShown(cities: readonly CityDays[], repertoire: Repertoire): Map<string, Set<string>> {
  const languages = new Map<string, Set<string>>();
  for (const { place, days } of cities) {
    const screens = place.venues.flatMap((venue) => venue.screens);
    const slots = days.flatMap((day) => screens.flatMap((screen) => slotsOn(day, place, screen, repertoire)));
    for (const { title, language } of slots) {
      languages.set(title.id, (languages.get(title.id) ?? new Set()).add(language));
    }
  }
  return languages;
}

/** Groups the shows of a title on the screen with the same terms into one batch. */
function batchesOf(site: SeedSite, days: readonly string[], repertoire: Repertoire, salesOpenAt: Date): ShowBatch[] {
  const { place, venue, screen } = site;
  const batches = new Map<string, ShowBatch & { shows: NewShow[] }>();
  for (const day of days) {
    for (const [index, slot] of slotsOn(day, place, screen, repertoire).entries()) {
      const { title, language, format, highDemand } = slot;
      const key = [title.id, language, format, highDemand].join();
      const batch = batches.get(key) ?? {
        screen: { ...screen.screen, venue, city: place.city, tierNames: screen.layout.tierNames },
        title,
        language,
        format,
        highDemand,
        maxSeatsPerCustomer: null,
        admissionsPerMinute: null,
        transferable: true,
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
    price: seedPrice(factor * slot.priceFactor, city.currency),
  }));
  const tiers = prices
    .toSorted((a, b) => a.price.amount - b.price.amount)
    .map((tier, position) => ({ id: newTierId(id, position), ...tier }));
  return { id, tiers, ...screeningTimes(instantAt(day, slot.minutes, city.timeZone), slot.title.durationMinutes) };
}

function slotsOn(day: string, place: SeedPlace, screen: SeedScreen, { films, live }: Repertoire): Slot[] {
  return isLive(screen) ? liveSlots(screen, day, live) : filmSlots(place, screen, day, films);
}

const isLive = ({ use }: SeedScreen): boolean => use === 'playhouse' || use === 'arena';
