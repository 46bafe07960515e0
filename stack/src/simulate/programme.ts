import type { Marketplace, Show } from '@marquee/traffic';

import type { GraphClient } from '../client/index.ts';
import { showsIn } from '../demo/choose-show.ts';
import { Cities } from '../demo/operations.ts';

const SHOWS = 40;
const DAYS = [1, 2, 3];
/** Any: what people pay is the marketplace's business, and the simulation counts seats by it. */
const PRICE = { amount: 1000, currency: 'EUR' };

/** The shows of the running stack in its first city, as a marketplace for the simulation. */
export async function readProgramme(client: GraphClient, from: Date, opensInMs: number): Promise<Marketplace> {
  const [city] = (await client.request(Cities, {})).cities.edges.map(({ node }) => node);
  if (!city) throw new Error('The stack has no cities.');
  const code = city.id.replace(/^cty_/, '');
  const titles = new Map<string, string>();
  const shows: Show[] = [];
  for (const day of DAYS) {
    for await (const { title, show } of showsIn(client, city, day, 'MOVIE')) {
      if (shows.length === SHOWS) break;
      if (show.availability.available < 20) continue;
      titles.set(title.id, title.name);
      const { id, startsAt, availability } = show;
      shows.push({
        ...{ id, titleId: title.id, cityCode: code, startsAt: Date.parse(startsAt), salesOpenAt: 0, price: PRICE },
        ...{ seats: availability.available, highDemand: false },
      });
    }
  }
  const [awaited, ...others] = shows.toSorted((a, b) => b.seats - a.seats);
  if (!awaited) throw new Error('The stack has no shows with free seats in the next days.');
  // Its sale is open already: people and scalpers come as if it opened now.
  const opening = { ...awaited, highDemand: true, salesOpenAt: from.getTime() + opensInMs };
  const known = [...titles].map(([id, name], rank) => ({ id, name, genres: [], popularity: 1 / (rank + 3) }));
  return { cities: [{ id: city.id, code, timeZone: eveningZone(from) }], titles: known, shows: [opening, ...others] };
}

/** A zone whose clocks show eight in the evening, so that people are awake whenever a developer is. */
function eveningZone(now: Date): string {
  const ahead = (20 - now.getUTCHours() + 24) % 24;
  // Names of these zones have the sign the wrong way round.
  return ahead <= 14 ? `Etc/GMT-${ahead}` : `Etc/GMT+${24 - ahead}`;
}
