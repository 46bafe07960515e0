import { eventually } from '@marquee/testkit';
import { type InProcessOptions, type InProcessSupergraph, supergraphInProcess } from '@marquee/testkit/supergraph';
import { type GraphClient, registeredOperations } from '../src/client/index.ts';
import { DEMO_PASSWORD } from '../src/demo/purchase.ts';
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

const CITY = `INSERT INTO cities (code, name, search_name, country, country_code, time_zone, currency, latitude, longitude)
  VALUES ('lon', 'London', 'london', 'United Kingdom', 'GB', 'Europe/London', 'GBP', 51.5, -0.12)`;
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
  const startsAt = [new Date(Date.now() + WEEK_MS)];
  const partner = await logIn('partner');
  const [showId = ''] = await openVenue(partner, { name: 'The Rialto', screens: [10], startsAt, price });
  await onSale(supergraph.client(), showId);
  return { ...supergraph, logIn, showId };
}

/** A new venue, and the shows of a film in it. */
export interface Programme {
  readonly name: string;
  /** Seats of each screen, of which all show the film at the same times. */
  readonly screens: readonly number[];
  readonly startsAt: readonly Date[];
  /** Of a seat, in pence. */
  readonly price: number;
}

/** Opens a venue in London and schedules its shows. @returns their ids */
export async function openVenue(partner: GraphClient, programme: Programme): Promise<string[]> {
  const { name, screens, startsAt, price } = programme;
  const { cities } = await partner.request(Cities, {});
  const { createVenue } = await partner.request(CreateVenue, {
    input: {
      ...{
        name,
        cityId: cities.edges[0]?.node.id,
        address: `1 ${name}`,
        location: { latitude: 51.5, longitude: -0.12 },
      },
      screens: screens.map((seatCount, index) => ({
        name: `Screen ${index + 1}`,
        sections: [{ name: 'Stalls', tierName: 'Standard', rows: [{ label: 'A', seatCount }] }],
      })),
    },
  });
  const title = { kind: 'MOVIE', name: 'The Long Take', description: 'A film.', languages: ['en'], genres: ['Drama'] };
  const { createTitle } = await partner.request(CreateTitle, { input: { ...title, durationMinutes: 95 } });
  const ids: string[] = [];
  for (const { id: screenId } of createVenue.venue?.screens ?? []) {
    const { scheduleShows } = await partner.request(ScheduleShows, {
      input: {
        ...{ titleId: createTitle.title?.id ?? createTitle.message, screenId, language: 'en', format: '2D' },
        startsAt: startsAt.map((start) => start.toISOString()),
        tierPrices: [{ tierName: 'Standard', price: { amount: price, currency: 'GBP' } }],
      },
    });
    if (!scheduleShows.shows) throw new Error(`No show was scheduled: ${scheduleShows.message}`);
    ids.push(...scheduleShows.shows.map(({ id }) => id));
  }
  return ids;
}

/** Waits until booking sells a show. */
export async function onSale(anybody: GraphClient, showId: string): Promise<void> {
  await eventually(async () => {
    const { show } = await anybody.request(SeatMap, { showId });
    if (!show || show.seatMap.sections.length === 0) throw new Error('booking has not heard of the show yet');
  });
}
