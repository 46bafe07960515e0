import { unavailable } from '@marquee/errors';
import type { ServiceCalls } from '@marquee/subgraph';

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
const CITY = 'query CityInSupport($id: ID!) { city(id: $id) { countryCode timeZone } }';

interface HomeResponse {
  readonly people: readonly { readonly homeCity: { readonly id: string } | null }[];
}

interface CityResponse {
  readonly city: { readonly countryCode: string; readonly timeZone: string } | null;
}

/** Asks other domains under support's service identity. @param usual the place of whoever has no home city */
export function surroundingsOf(calls: ServiceCalls, usual: Place): Surroundings {
  return {
    booking: async (id) => {
      const { supportedBooking } = await calls
        .query<BookingResponse>('booking', { query: BOOKING, variables: { id } })
        .catch((cause: unknown) => {
          throw unavailable('booking', { cause });
        });
      return supportedBooking && { ...supportedBooking, region: null, startsAt: new Date(supportedBooking.startsAt) };
    },
    // Whoever needs help gets it, also while the domain that knows their city is away.
    homeOf: (customerId) =>
      homeOf(calls, customerId).then(
        (home) => home ?? usual,
        () => usual,
      ),
  };
}

async function homeOf(calls: ServiceCalls, customerId: string): Promise<Place | null> {
  const { people } = await calls.query<HomeResponse>('accounts', { query: HOME, variables: { ids: [customerId] } });
  const id = people[0]?.homeCity?.id;
  if (id === undefined) return null;
  const { city } = await calls.query<CityResponse>('catalog', { query: CITY, variables: { id } });
  return city && { country: city.countryCode, region: null, timeZone: city.timeZone };
}
