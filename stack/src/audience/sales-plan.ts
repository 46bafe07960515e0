import type { GraphClient } from '../client/index.ts';
import { showsIn } from '../demo/choose-show.ts';
import { type City, SeatMap, type ShowSummary } from '../demo/operations.ts';
import { partiesIn } from './parties.ts';

/** Seats of a show that are bought together. */
export interface Sale {
  readonly showId: string;
  readonly seatIds: readonly string[];
}

/** Of four parties that would fill a show, how many come: to the smallest show, which is sold out, and to others. */
const TURNOUT = [4, 3, 2];
/** Today, or tomorrow where the evening's shows have begun. */
const DAYS = [0, 1];

/** The sales that fill shows of a city wholly and partly, on the first day that has enough shows. */
export async function salesIn(client: GraphClient, city: City): Promise<Sale[]> {
  const shows = await smallestShows(client, city);
  const sales: Sale[] = [];
  for (const [index, turnout] of TURNOUT.entries()) {
    const show = shows[index];
    if (!show) continue;
    const parties = await partiesOf(client, show.id);
    const coming = parties.filter((_, party) => party % 4 < turnout);
    sales.push(...coming.map((seatIds) => ({ showId: show.id, seatIds })));
  }
  return sales;
}

/** A film's shows, the smallest first, among equals the latest. */
async function smallestShows(client: GraphClient, city: City): Promise<ShowSummary[]> {
  let shows: ShowSummary[] = [];
  for (const day of DAYS) {
    if (shows.length >= TURNOUT.length) break;
    shows = [];
    for await (const { show } of showsIn(client, city, day, 'MOVIE')) shows.push(show);
  }
  return shows.toSorted(
    (a, b) => a.availability.total - b.availability.total || Date.parse(b.startsAt) - Date.parse(a.startsAt),
  );
}

/** The free seats of a show as parties that sit together. */
export async function partiesOf(client: GraphClient, showId: string): Promise<string[][]> {
  const { show } = await client.request(SeatMap, { showId });
  return partiesIn((show?.seatMap.sections ?? []).flatMap(({ rows }) => rows.map(({ seats }) => seats)));
}
