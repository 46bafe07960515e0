import { unavailable } from '@marquee/errors';
import type { ServiceCalls } from '@marquee/subgraph';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { ConcernedBooking, Surroundings } from '../domain/ports.ts';
import type { Place } from '../domain/ticket.ts';

const BOOKING = `query SupportedBooking($id: ID!) {
  supportedBooking(id: $id) { customerId status startsAt country timeZone }
}`;

interface BookingResponse {
  readonly supportedBooking:
    | (Omit<ConcernedBooking, 'startsAt' | 'region'> & { readonly startsAt: string | Date })
    | null;
}

const HOME = 'query HomeCity($ids: [ID!]!) { people(ids: $ids) { homeCity { id } } }';
const CITY = 'query CityInSupport($id: ID!) { city(id: $id) { countryCode region timeZone } }';

interface HomeResponse {
  readonly people: readonly { readonly homeCity: { readonly id: string } | null }[];
}

interface CityResponse {
  readonly city: { readonly countryCode: string; readonly region: string | null; readonly timeZone: string } | null;
}

/** Asks other domains under support's service identity. @param usual the place of whoever has no home city */
export function surroundingsOf(calls: ServiceCalls, usual: Place): Surroundings {
  return {
    booking: (id) => bookingOf(calls, id),
    // Whoever needs help gets it, also while the domains that know their city are away.
    homeOf: async (customerId) => (await orNull(homeOf(calls, customerId))) ?? usual,
  };
}

async function bookingOf(calls: ServiceCalls, id: string): Promise<ConcernedBooking | null> {
  const asked = calls.query<BookingResponse>('booking', { query: BOOKING, variables: { id } });
  const { supportedBooking } = await asked.catch((cause: unknown) => {
    throw unavailable('booking', { cause });
  });
  if (!supportedBooking) return null;
  const city = await orNull(placeOf(calls, `cty_${cityCodeOf(id) ?? ''}`));
  return { region: null, ...supportedBooking, ...city, startsAt: new Date(supportedBooking.startsAt) };
}

async function homeOf(calls: ServiceCalls, customerId: string): Promise<Place | null> {
  const { people } = await calls.query<HomeResponse>('accounts', { query: HOME, variables: { ids: [customerId] } });
  const id = people[0]?.homeCity?.id;
  return id === undefined ? null : placeOf(calls, id);
}

async function placeOf(calls: ServiceCalls, cityId: string): Promise<Place | null> {
  const { city } = await calls.query<CityResponse>('catalog', { query: CITY, variables: { id: cityId } });
  return city && { country: city.countryCode, region: city.region, timeZone: city.timeZone };
}

function orNull<T>(answer: Promise<T | null>): Promise<T | null> {
  return answer.catch(() => null);
}
