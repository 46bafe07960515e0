import type { Shows } from '../domain/ports.ts';
import { seatMapOf, type SeatMap } from '../domain/seat.ts';
import type { Show } from '../domain/show.ts';

/** The show's seats with their current statuses. */
export async function readSeatMap({ shows }: { readonly shows: Shows }, show: Show): Promise<SeatMap> {
  const [layout, taken] = await Promise.all([shows.layout(show), shows.taken(show)]);
  return seatMapOf(show, layout, taken);
}
