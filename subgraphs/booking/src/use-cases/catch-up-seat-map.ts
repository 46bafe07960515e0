import { notFound } from '@marquee/errors';

import type { SeatMaps, Shows } from '../domain/ports.ts';
import { type Seat, seatOf } from '../domain/seat.ts';
import type { Show } from '../domain/show.ts';

export interface CatchUpSeatMapDeps {
  readonly shows: Pick<Shows, 'find' | 'layout'>;
  readonly seatMaps: SeatMaps;
}

/** The seats that bring a client up to date, and the show and version that they lead to. */
export interface SeatMapCatchUp {
  readonly show: Show;
  readonly version: number;
  readonly seats: readonly Seat[];
}

/**
 * The seats that changed since a version, or all seats where that is not known.
 *
 * @throws {CodedError} NOT_FOUND
 */
export async function catchUpSeatMap(deps: CatchUpSeatMapDeps, showId: string, since: number): Promise<SeatMapCatchUp> {
  const show = await deps.shows.find(showId);
  if (!show) throw notFound('show');
  const changes = await deps.seatMaps.changesSince(show, since);
  if (changes) {
    const layout = await deps.shows.layout(show);
    const seats = changes.map(({ id, status }) => ({ ...seatOf(show, layout, id), status }));
    return { show, version: show.seatMapVersion, seats };
  }
  const { version, sections } = await deps.seatMaps.read(show);
  return { show, version, seats: sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats)) };
}
