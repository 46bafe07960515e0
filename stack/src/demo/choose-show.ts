import type { GraphClient } from '../client/index.ts';
import {
  Cities,
  type City,
  NowShowing,
  type Seat,
  SeatMap,
  type ShowSummary,
  type TitleKind,
  TitlePage,
  type TitleSummary,
} from './operations.ts';

/** A bookable show, with the city and title it was found by. */
export interface ChosenShow {
  city: City;
  title: TitleSummary;
  show: ShowSummary;
  date: string;
}

/** A seat with its row. */
export interface ChosenSeat extends Seat {
  row: string;
}

const DAYS_AHEAD = 7;

/**
 * Looks through the cities for a show a week from now that still has enough seats.
 *
 * @throws when there is none.
 */
export async function chooseShow(client: GraphClient, seatCount: number): Promise<ChosenShow> {
  const { cities } = await client.request(Cities, {});
  for (const { node: city } of cities.edges) {
    for await (const chosen of showsIn(client, city, DAYS_AHEAD, 'MOVIE')) {
      if (chosen.show.availability.available >= seatCount) return chosen;
    }
  }
  throw new Error(`No show in ${DAYS_AHEAD} days has ${seatCount} free seats.`);
}

/** The shows of a city on the day in so many days, title by title. @param statuses of the shows; on sale by default */
export async function* showsIn(
  client: GraphClient,
  city: City,
  inDays: number,
  kind?: TitleKind,
  statuses: readonly string[] = ['ON_SALE'],
): AsyncGenerator<ChosenShow> {
  const date = dayIn(city.timeZone, inDays);
  const { nowShowing } = await client.request(NowShowing, { cityId: city.id, date, first: 20, ...(kind && { kind }) });
  for (const { node: title } of nowShowing.edges) {
    const { title: page } = await client.request(TitlePage, { id: title.id, cityId: city.id, date });
    const shows = (page?.shows.edges ?? []).map(({ node }) => node);
    yield* shows.filter(({ status }) => statuses.includes(status)).map((show) => ({ city, title, show, date }));
  }
}

/**
 * Free seats side by side.
 *
 * @throws when no row has that many.
 */
export async function chooseSeats(client: GraphClient, showId: string, seatCount: number): Promise<ChosenSeat[]> {
  const { show } = await client.request(SeatMap, { showId });
  for (const { label, seats } of show?.seatMap.sections.flatMap(({ rows }) => rows) ?? []) {
    for (let first = 0; first + seatCount <= seats.length; first++) {
      const chosen = seats.slice(first, first + seatCount);
      if (chosen.every(({ status }) => status === 'AVAILABLE')) return chosen.map((seat) => ({ ...seat, row: label }));
    }
  }
  throw new Error(`No row has ${seatCount} free seats side by side.`);
}

/** The local date in so many days: yyyy-mm-dd. */
function dayIn(timeZone: string, days: number): string {
  const later = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(later);
}
