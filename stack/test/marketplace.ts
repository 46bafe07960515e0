import { eventually } from '@marquee/testkit';
import { type InProcessOptions, type InProcessSupergraph, supergraphInProcess } from '@marquee/testkit/supergraph';
import { type GraphClient, registeredOperations } from '../src/client/index.ts';
import { DEMO_PASSWORD } from '../src/demo/book-a-seat.ts';
import { Cities, Login, SeatMap } from '../src/demo/operations.ts';
import { loadSubgraph } from '../src/subgraphs.ts';
import { query } from './server-process.ts';

/** A supergraph with the seeded accounts, one city, and a show in it a week from now. */
export interface Marketplace extends InProcessSupergraph {
  logIn(account: string): Promise<GraphClient>;
  showId: string;
}

export interface MarketplaceOptions extends Omit<InProcessOptions, 'seed'> {
  /** Of a seat, in pence; 12.50 GBP by default. */
  readonly price?: number;
}

interface Created {
  __typename: string;
  message?: string;
}

const backoffice = registeredOperations('backoffice');
const CreateVenue = backoffice<{ createVenue: Created & { venue?: { screens: { id: string }[] } } }, { input: object }>(
  'CreateVenue',
);
const CreateTitle = backoffice<{ createTitle: Created & { title?: { id: string } } }, { input: object }>('CreateTitle');
const ScheduleShows = backoffice<{ scheduleShows: Created & { shows?: { id: string }[] } }, { input: object }>(
  'ScheduleShows',
);

const CITY = `INSERT INTO cities (code, name, search_name, country, time_zone, currency, latitude, longitude)
  VALUES ('lon', 'London', 'london', 'GB', 'Europe/London', 'GBP', 51.5, -0.12)`;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Opens a marketplace; only the city is seeded, everything else is created through the public API. */
export async function openMarketplace({ price = 1_250, ...options }: MarketplaceOptions = {}): Promise<Marketplace> {
  const supergraph = await supergraphInProcess({
    ...options,
    seed: async (databaseUrl) => {
      const accounts = await loadSubgraph('accounts');
      await accounts.seed?.({ databaseUrl: databaseUrl('accounts') });
      await query(databaseUrl('catalog'), CITY);
    },
  });
  const logIn = async (account: string): Promise<GraphClient> => {
    const input = { email: `${account}@marquee.test`, password: DEMO_PASSWORD };
    const { login } = await supergraph.client().request(Login, { input });
    return supergraph.client(login.accessToken);
  };
  const showId = await scheduleShow(await logIn('partner'), price);
  const anybody = supergraph.client();
  await eventually(async () => {
    const { show } = await anybody.request(SeatMap, { showId });
    if (!show || show.seatMap.sections.length === 0) throw new Error('booking has not heard of the show yet');
  });
  return { ...supergraph, logIn, showId };
}

async function scheduleShow(partner: GraphClient, amount: number): Promise<string> {
  const { cities } = await partner.request(Cities, {});
  const { createVenue } = await partner.request(CreateVenue, {
    input: {
      name: 'The Rialto',
      cityId: cities.edges[0]?.node.id,
      address: '1 Rialto Street',
      location: { latitude: 51.5, longitude: -0.12 },
      screens: [
        {
          name: 'Screen 1',
          sections: [{ name: 'Stalls', tierName: 'Standard', rows: [{ label: 'A', seatCount: 10 }] }],
        },
      ],
    },
  });
  const title = { kind: 'MOVIE', name: 'The Long Take', description: 'A film.', languages: ['en'], genres: ['Drama'] };
  const { createTitle } = await partner.request(CreateTitle, { input: { ...title, durationMinutes: 95 } });
  const { scheduleShows } = await partner.request(ScheduleShows, {
    input: {
      titleId: createTitle.title?.id ?? createTitle.message,
      screenId: createVenue.venue?.screens[0]?.id ?? createVenue.message,
      startsAt: [new Date(Date.now() + WEEK_MS).toISOString()],
      language: 'en',
      format: '2D',
      tierPrices: [{ tierName: 'Standard', price: { amount, currency: 'GBP' } }],
    },
  });
  const show = scheduleShows.shows?.[0];
  if (!show) throw new Error(`No show was scheduled: ${scheduleShows.message}`);
  return show.id;
}
