import { queryDatabase } from '../../../testkit/faults/query-database.ts';
import { graphClient } from '../../../stack/src/client/index.ts';
import { SeatMap } from '../../../stack/src/demo/operations.ts';

/** Free seats of a show, by the ids that clients know. */
export interface Offer {
  readonly showId: string;
  readonly seatIds: readonly string[];
}

/** Shows of later days with all of their seats, the largest halls first. */
export async function findShows(endpoint: string, bookingUrl: string, count: number): Promise<Offer[]> {
  const shows = await queryDatabase<{ id: string }>(
    bookingUrl,
    `SELECT id FROM shows WHERE starts_at > now() + interval '2 days' AND NOT sold_out AND NOT high_demand
       AND NOT EXISTS (SELECT FROM seat_claims AS claim WHERE claim.city_code = shows.city_code AND claim.show_id = shows.id)
     ORDER BY seat_count DESC, id LIMIT $1`,
    [count],
  );
  const anybody = graphClient({ endpoint });
  try {
    const offers: Offer[] = [];
    for (const { id } of shows) {
      const { show } = await anybody.request(SeatMap, { showId: id });
      const seats = (show?.seatMap.sections ?? []).flatMap(({ rows }) => rows.flatMap((row) => row.seats));
      offers.push({ showId: id, seatIds: seats.map((seat) => seat.id) });
    }
    return offers;
  } finally {
    await anybody.close();
  }
}

/** Deals out the seats in pairs, so that no two customers want the same one and all sell in every show at once. */
export function dealOut(offers: readonly Offer[], customers: number): Offer[][] {
  const hands: Offer[][] = Array.from({ length: customers }, () => []);
  let next = 0;
  for (const { showId, seatIds } of offers) {
    for (let index = 0; index + 1 < seatIds.length; index += 2) {
      hands[next++ % customers]?.push({ showId, seatIds: seatIds.slice(index, index + 2) });
    }
  }
  return hands;
}
