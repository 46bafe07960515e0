import type { Shows } from '../domain/ports.ts';
import { seatMapOf, type SeatMap } from '../domain/seat.ts';
import type { Show } from '../domain/show.ts';

/** The show's seats and their statuses at the current version. */
export async function readSeatMap({ shows }: { readonly shows: Shows }, show: Show): Promise<SeatMap> {
  const [layout, state] = await Promise.all([shows.layout(show), shows.seatMapState(show)]);
  return seatMapOf(show, layout, state);
}
