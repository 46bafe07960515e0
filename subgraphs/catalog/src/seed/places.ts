import type { City } from '../domain/city.ts';
import { layOutSeats } from '../domain/seat-layout.ts';
import type { NewScreen, Venue } from '../domain/venue.ts';
import {
  ARENA,
  CONCERT_HALL,
  GIANT_HALL,
  type Hall,
  LARGE_HALL,
  MIDDLE_HALL,
  PLAYHOUSE,
  SMALL_HALL,
  STADIUM,
} from './halls.ts';
import { SEED_ADMINS, SEED_PARTNERS } from './owners.ts';
import { pick } from './pick.ts';
import { SEED_CITIES } from './seed-cities.ts';
import type { Dubbing, SeedCity } from './seed-city.ts';

/** Decides what a screen shows. */
export type ScreenUse = 'giant' | 'large' | 'plain' | 'playhouse' | 'arena';

export interface SeedScreen extends NewScreen {
  readonly hall: Hall;
  readonly use: ScreenUse;
}

export interface SeedPlace {
  readonly city: City;
  /** The local language, in English. */
  readonly language: string;
  readonly dubs: Dubbing | undefined;
  readonly venues: readonly { readonly venue: Venue; readonly screens: readonly SeedScreen[] }[];
}

/** A city in the format of `city-timezones`. */
export interface CityRecord {
  readonly city: string;
  readonly iso2: string;
  readonly country: string;
  readonly timezone: string;
  readonly lat: number;
  readonly lng: number;
  readonly pop: number;
}

type HallPlan = readonly [name: string, hall: Hall, use: ScreenUse];

const MULTIPLEX: readonly HallPlan[] = [
  ['Screen 1 IMAX', GIANT_HALL, 'giant'],
  ['Screen 2', LARGE_HALL, 'large'],
  ['Screen 3', MIDDLE_HALL, 'plain'],
  ['Screen 4', SMALL_HALL, 'plain'],
];
const ART_HOUSE: readonly HallPlan[] = [
  ['Screen 1', LARGE_HALL, 'large'],
  ['Screen 2', MIDDLE_HALL, 'plain'],
  ['Studio', SMALL_HALL, 'plain'],
];
const PLAYHOUSE_HALLS: readonly HallPlan[] = [['Main stage', PLAYHOUSE, 'playhouse']];
/** Halls for live events by the venue's name; any other is a playhouse. */
const ARENA_HALLS: readonly (readonly [name: RegExp, halls: readonly HallPlan[]])[] = [
  [/barra funda/i, [['Arena', STADIUM, 'arena']]],
  [/arena/i, [['Arena', ARENA, 'arena']]],
  [/hall|salle|zaal|hala|auditorium/i, [['Arena', CONCERT_HALL, 'arena']]],
];

const AMENITIES = ['Step-free access', 'Hearing loop', 'Bar', 'Café', 'Bicycle stands', 'Car park', 'Cloakroom'];

/** The seed's cities with venues, screens and seats. Ids are stable across runs. */
export function seedPlaces(records: readonly CityRecord[]): SeedPlace[] {
  return SEED_CITIES.map((seed) => {
    const city = toCity(seed, records);
    const { language, dubs } = seed;
    return { city, language, dubs, venues: seed.venues.map((_venue, index) => toVenue(seed, city, index)) };
  });
}

function toCity({ code, find, name, region = null, currency }: SeedCity, records: readonly CityRecord[]): City {
  const [cityName, countryCode] = find;
  const [record] = records
    .filter(({ city, iso2 }) => city === cityName && iso2 === countryCode)
    .toSorted((a, b) => b.pop - a.pop);
  if (!record) throw new Error(`city-timezones has no ${cityName} in ${countryCode}`);
  const { country, timezone: timeZone, lat: latitude, lng: longitude } = record;
  const place = { country, countryCode, region, timeZone, location: { latitude, longitude } };
  return { code, name: name ?? cityName, currency, ...place };
}

function toVenue(seed: SeedCity, city: City, index: number): SeedPlace['venues'][number] {
  const [name, address] = seed.venues[index] ?? ['', ''];
  const key = `${seed.code}${index + 1}`;
  const venue: Venue = {
    id: `ven_seed_${key}`,
    cityCode: seed.code,
    // The last venue of each city belongs to somebody else, so that the demo partner is refused there.
    ...(index === seed.venues.length - 1 ? SEED_ADMINS : SEED_PARTNERS),
    name,
    address,
    location: nearby(city, key),
    amenities: AMENITIES.filter((amenity) => pick(10, key, amenity) < 6),
  };
  const [, liveHalls] = ARENA_HALLS.find(([pattern]) => pattern.test(name)) ?? [null, PLAYHOUSE_HALLS];
  const halls = [MULTIPLEX, ART_HOUSE, liveHalls][index] ?? [];
  return { venue, screens: halls.map((plan, position) => toScreen(venue.id, `${key}_${position + 1}`, plan)) };
}

function toScreen(venueId: string, key: string, [name, hall, use]: HallPlan): SeedScreen {
  const id = `scr_seed_${key}`;
  const layout = layOutSeats('sections', { id: `lay_seed_${key}`, screenId: id, version: 1 }, hall.sections);
  return { screen: { id, venueId, name, layoutId: layout.id, capacity: layout.seatCount }, layout, hall, use };
}

/** A point within about three kilometres of the city centre. */
function nearby({ location }: City, key: string): Venue['location'] {
  const offset = (axis: string): number => (pick(5_000, key, axis) - 2_500) / 100_000;
  const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
  return {
    latitude: round(location.latitude + offset('north')),
    longitude: round(location.longitude + offset('east')),
  };
}
