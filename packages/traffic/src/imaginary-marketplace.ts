import type { City, Marketplace, Show, Title } from './marketplace.ts';
import { Random } from './random.ts';
import { DAY_MS, offsetMs } from './rhythm.ts';

const HOUR_MS = 3_600_000;
const GENRES = ['Drama', 'Comedy', 'Thriller', 'Action', 'Family', 'Horror', 'Romance', 'Science Fiction', 'Music'];
const CITIES: readonly City[] = [
  ['ams', 'Europe/Amsterdam'],
  ['lon', 'Europe/London'],
  ['nyc', 'America/New_York'],
  ['tyo', 'Asia/Tokyo'],
  ['bom', 'Asia/Kolkata'],
].map(([code = '', timeZone = '']) => ({ id: `cty_${code}`, code, timeZone }));

export interface ImaginationSettings {
  readonly seed: number;
  readonly from: Date;
  readonly days: number;
  readonly cities?: readonly City[];
  readonly titles?: readonly Title[] | number;
  /** Shows of a city each day. */
  readonly showsPerDay?: number;
  /** Shows of a city whose sale opens in these days, and which people wait for. */
  readonly openings?: number;
}

/** A programme for cities and titles: those given, or made up. */
export function imagineMarketplace(settings: ImaginationSettings): Marketplace {
  const { seed, cities = CITIES, titles = 200 } = settings;
  const random = new Random(seed).fork('marketplace');
  const known = typeof titles === 'number' ? imagineTitles(titles, random) : titles;
  return { cities, titles: known, shows: cities.flatMap((city) => showsIn(city, known, settings, random)) };
}

function imagineTitles(count: number, random: Random): Title[] {
  return Array.from({ length: count }, (_, rank) => ({
    id: `ttl_sim_${rank}`,
    name: `${random.pick(GENRES)} of the ${rank + 1} nights`,
    genres: [...new Set([random.pick(GENRES), random.pick(GENRES)])],
    popularity: 1 / (rank + 5) ** 0.8,
  }));
}

function showsIn(city: City, titles: readonly Title[], settings: ImaginationSettings, random: Random): Show[] {
  const { from, days, showsPerDay = 60, openings = 3 } = settings;
  const start = from.getTime();
  const programme = Array.from({ length: (days + 7) * showsPerDay }, (_, number) => {
    const day = start + Math.floor(number / showsPerDay) * DAY_MS;
    return showOf({ city, number, day, random, opensAt: 0 }, random.pick(titles));
  });
  const awaited = Array.from({ length: openings }, (_, opening) => {
    const opensOn = start + random.int(Math.max(1, days - 1)) * DAY_MS;
    const opensAt = localHour(opensOn, 10, city);
    const day = opensAt + (10 + random.int(30)) * DAY_MS;
    return showOf({ city, number: programme.length + opening, day, random, opensAt }, random.pick(titles.slice(0, 30)));
  });
  return [...programme, ...awaited];
}

interface Slot {
  readonly city: City;
  readonly number: number;
  readonly day: number;
  readonly random: Random;
  /** 0 for a show that is on sale already. */
  readonly opensAt: number;
}

function showOf({ city, number, day, random, opensAt }: Slot, title: Title): Show {
  const highDemand = opensAt > 0;
  return {
    ...{ id: `${city.code}_shw_sim_${number}`, titleId: title.id, cityCode: city.code },
    startsAt: localHour(day, 11 + random.int(12), city),
    ...{ salesOpenAt: opensAt, highDemand },
    seats: highDemand ? 300 + random.int(200) : 60 + random.int(140),
    price: { amount: 100 * (highDemand ? 45 + random.int(60) : 8 + random.int(12)), currency: 'EUR' },
  };
}

/** The next time that a city's clocks show a full hour. */
function localHour(after: number, hour: number, { timeZone }: City): number {
  const local = (after + offset(timeZone, after)) % DAY_MS;
  const wait = hour * HOUR_MS - local;
  return after + (wait < 0 ? wait + DAY_MS : wait);
}

const offsets = new Map<string, number>();

/** Looked up once for a zone: a programme that is an hour off in one week of the year is as good. */
function offset(timeZone: string, at: number): number {
  const known = offsets.get(timeZone) ?? offsetMs(timeZone, at);
  offsets.set(timeZone, known);
  return known;
}
