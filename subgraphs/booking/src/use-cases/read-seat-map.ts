import { seatMapOf, type SeatMap } from '../domain/seat-map.ts';
import type { Show } from '../domain/show.ts';
import type { SeatLayouts, Shows } from '../domain/shows.ts';

export interface ReadSeatMapDeps {
  readonly shows: Pick<Shows, 'taken'>;
  readonly layouts: SeatLayouts;
}

/** The show's seats with their current statuses. */
export async function readSeatMap(deps: ReadSeatMapDeps, show: Show): Promise<SeatMap> {
  const [layout, taken] = await Promise.all([deps.layouts.get(show.layoutId), deps.shows.taken(show)]);
  return seatMapOf(show, layout, taken);
}
