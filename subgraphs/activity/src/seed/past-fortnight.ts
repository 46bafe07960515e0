import { setImmediate as others } from 'node:timers/promises';

import { type City, imagineMarketplace, type LabelledEvent, simulate, type Title } from '@marquee/traffic';

import type { TrackedEvent } from '../domain/tracked-event.ts';
import { CITIES, FILMS, LIVE_EVENTS } from './catalog-seed.ts';

const SEED = 2026;
const DAYS = 14;
const DAY_MS = 86_400_000;
const PEOPLE = 1_600;
/** Events that are made in one go. */
const BATCH = 250;
/** The seeded customers, as whom the busiest visitors were signed in; nobody else has an account. */
const CUSTOMERS = ['customer', 'customer2', ...Array.from({ length: 13 }, (_, index) => `audience${index + 1}`)];

type Click = Extract<LabelledEvent, { type: 'tracked' }>;

/**
 * The visits of the last fortnight, in batches: simulated people in the cities and with the titles of catalog's seed.
 *
 * Other seeds connect to their databases meanwhile, and must be answered in time: so it lets them run every few milliseconds.
 */
export async function* pastFortnight(now: Date): AsyncGenerator<TrackedEvent[], void> {
  const from = new Date(now.getTime() - DAYS * DAY_MS);
  const period = { seed: SEED, from, days: DAYS };
  const marketplace = imagineMarketplace({
    ...period,
    cities: cities(),
    titles: titles(),
    showsPerDay: 20,
    openings: 0,
  });
  const clicks: Click[] = [];
  for (const event of simulate({ ...period, marketplace, people: PEOPLE })) {
    if (!isClick(event)) continue;
    clicks.push(event);
    if (clicks.length % BATCH === 0) await others();
  }
  const accounts = accountsOf(clicks);
  for (let first = 0; first < clicks.length; first += BATCH) {
    await others();
    yield clicks.slice(first, first + BATCH).map((click, index) => toTracked(click, first + index, accounts));
  }
}

/** Sponsored cards have tokens that nobody could have signed then. */
function isClick(event: LabelledEvent): event is Click {
  return event.type === 'tracked' && !event.payload.name.startsWith('ad_');
}

function cities(): City[] {
  return CITIES.map(([code, timeZone]) => ({ id: `cty_${code}`, code, timeZone }));
}

function titles(): Title[] {
  return [...FILMS, ...LIVE_EVENTS].map(([id, genres], rank) => ({
    ...{ id: `ttl_seed_${id}`, name: id.replace(/-\d+$/, '').replaceAll('-', ' '), genres: genres.split(', ') },
    popularity: 1 / (rank + 8) ** 0.7,
  }));
}

/** The customers by the visitors as whom they came: those who came most, so that each has a history. */
function accountsOf(clicks: readonly Click[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const { payload } of clicks) counts.set(payload.visitorId, (counts.get(payload.visitorId) ?? 0) + 1);
  const busiest = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, CUSTOMERS.length);
  return new Map(busiest.map(([visitorId], index) => [visitorId, `usr_seed_${CUSTOMERS[index]}`]));
}

function toTracked({ at, payload }: Click, number: number, accounts: ReadonlyMap<string, string>): TrackedEvent {
  const { name, visitorId, userId, cityCode, titleId, searchText } = payload;
  const instant = new Date(at);
  return {
    ...{ id: uuid('event', number), name, at: instant, receivedAt: instant, claimedAt: null },
    ...{
      visitor: uuid('visitor', Number(visitorId.replace('vis_sim_', ''))),
      userId: userId && (accounts.get(visitorId) ?? null),
    },
    ...{ network: null, device: null, cityCode, titleId, showId: null, venueId: null, bookingId: null },
    ...{ searchText, impressionToken: null, properties: null },
  };
}

/** The kinds of things that have a UUID of the seed. */
const UUIDS = { event: '5eed0000-0000-4000-8000-', visitor: '5eed0001-0000-4000-8000-' } as const;

function uuid(kind: keyof typeof UUIDS, number: number): string {
  return UUIDS[kind] + number.toString(16).padStart(12, '0');
}
