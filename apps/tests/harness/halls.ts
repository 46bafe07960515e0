import { registeredOperations } from '@marquee/stack/client';
import { Cities } from '@marquee/stack/demo/operations';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { demoAccount, type Person } from './people.ts';
import { clientOf, freeSeats } from './shows.ts';

export interface HallOptions {
  readonly rows: number;
  readonly seatsPerRow: number;
  /** Until the show starts. */
  readonly hours?: number;
  /** Behind a waiting room. */
  readonly highDemand?: boolean;
  /** Whose it is; the demo partner's without. */
  readonly by?: Person;
}

export interface OwnShow {
  readonly showId: string;
  readonly venueId: string;
  readonly venueName: string;
  readonly titleId: string;
}

/** The payload of a mutation under its own field. */
type Result<Payload> = Readonly<Record<string, Payload & { readonly message?: string }>>;
type Input = { readonly input: object };
const backoffice = registeredOperations('backoffice');
const CreateVenue = backoffice<Result<{ venue: { id: string; screens: { id: string }[] } }>, Input>('CreateVenue');
const CreateTitle = backoffice<Result<{ title: { id: string } }>, Input>('CreateTitle');
const ScheduleShows = backoffice<Result<{ shows: { id: string }[] }>, Input>('ScheduleShows');

/** Opens a hall of a partner with one show, which no other test knows. */
export async function openHall({
  rows,
  seatsPerRow,
  hours = 72,
  highDemand = false,
  by,
}: HallOptions): Promise<OwnShow> {
  const client = clientOf(by ?? (await demoAccount('partner')));
  const { cities } = await client.request(Cities, {});
  const city = cities.edges.find(({ node }) => node.name === 'Amsterdam')?.node;
  const name = `Hall ${randomUUID().slice(0, 8)}`;
  const labels = Array.from({ length: rows }, (_, index) => String(index + 1));
  const made = await client.request(CreateVenue, {
    input: {
      ...{ name, cityId: city?.id, address: 'Testkade 1', location: { latitude: 52.37, longitude: 4.9 } },
      screens: [
        {
          name: 'Hall 1',
          sections: [
            { name: 'Stalls', tierName: 'Standard', rows: labels.map((label) => ({ label, seatCount: seatsPerRow })) },
          ],
        },
      ],
    },
  });
  const { venue } = payloadOf(made);
  const { title } = payloadOf(
    await client.request(CreateTitle, {
      input: {
        ...{ kind: 'LIVE_EVENT', name: `An evening in ${name}`, description: 'For one test.', durationMinutes: 90 },
        ...{ languages: ['en'], genres: ['Music'], performers: ['A quartet'] },
      },
    }),
  );
  const { shows } = payloadOf(
    await client.request(ScheduleShows, {
      input: {
        ...{ titleId: title.id, screenId: venue.screens[0]?.id, language: 'en', format: '2D', highDemand },
        startsAt: [new Date(Date.now() + hours * 3_600_000).toISOString()],
        tierPrices: [{ tierName: 'Standard', price: { amount: 2_500, currency: 'EUR' } }],
      },
    }),
  );
  const showId = shows[0]?.id ?? '';
  await onSale(showId);
  return { showId, venueId: venue.id, venueName: name, titleId: title.id };
}

/** Waits until the show's seats can be sold. */
async function onSale(showId: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const seats = await freeSeats(showId, 1).catch(() => []);
    if (seats.length > 0) return;
    await pause(100);
  }
  throw new Error(`The show ${showId} does not go on sale.`);
}

function payloadOf<Payload>(data: Result<Payload>): Payload {
  const [payload] = Object.values(data);
  if (!payload || payload.message !== undefined) throw new Error(payload?.message ?? 'There is no answer.');
  return payload;
}
