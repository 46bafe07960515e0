import type { SeatLayout } from './seat-layout.ts';
import { LONE_SEAT_PENALTY, runsOf, type SeatFilter, type SeatRun } from './seat-runs.ts';
import { splitParty } from './split-party.ts';

/** The seats to choose from, and how many. */
export interface SeatRequest {
  readonly quantity: number;
  /** Only sections of the price tier with this name; all when undefined. */
  readonly tierName?: string | undefined;
  /** Whether one of them has to be a wheelchair place. */
  readonly accessible?: boolean;
  isFree(seatId: string): boolean;
}

/**
 * Ranks choices of the best free seats, best first.
 *
 * Adjacent seats in one row win; when no row has enough, the only choice is in the smallest number of pieces. Without
 * `accessible`, wheelchair places are left to those who need them; {@link lastSeats} offers them too. With it, a choice
 * has a wheelchair place and the companions beside it, on ordinary seats where possible.
 *
 * @returns no choice when too few seats are free
 */
export function bestSeats(layout: SeatLayout, request: SeatRequest): readonly SeatRun[] {
  if (request.accessible) return withWheelchairPlace(layout, request);
  return choices(layout, request, filterOf(request, false));
}

/** Ranks choices as {@link bestSeats} does, of all seats that are left. */
export function lastSeats(layout: SeatLayout, request: SeatRequest): readonly SeatRun[] {
  return choices(layout, request, filterOf(request, true));
}

function choices(layout: SeatLayout, { quantity }: SeatRequest, filter: SeatFilter): readonly SeatRun[] {
  const together = runsOf(layout, quantity, filter);
  if (together.length > 0) return together;
  const apart = splitParty(layout, quantity, filter);
  return apart ? [apart] : [];
}

function withWheelchairPlace(layout: SeatLayout, request: SeatRequest): readonly SeatRun[] {
  const together = runsOf(layout, request.quantity, filterOf(request, true))
    .filter(({ wheelchairPlaces }) => wheelchairPlaces > 0)
    .map((run) => ({ ...run, penalty: run.penalty + run.wheelchairPlaces * LONE_SEAT_PENALTY }));
  if (together.length > 0) return together.toSorted((a, b) => a.penalty - b.penalty);
  return companionsApart(layout, request);
}

/** A wheelchair place, and the companions elsewhere. */
function companionsApart(layout: SeatLayout, { quantity, ...request }: SeatRequest): readonly SeatRun[] {
  const [place] = runsOf(layout, 1, filterOf(request, true)).filter((run) => run.wheelchairPlaces > 0);
  const [companions] = place ? choices(layout, { ...request, quantity: quantity - 1 }, filterOf(request, false)) : [];
  return place && companions ? [{ ...place, seatIds: [...place.seatIds, ...companions.seatIds] }] : [];
}

function filterOf({ tierName, isFree }: Omit<SeatRequest, 'quantity'>, withWheelchairPlaces: boolean): SeatFilter {
  return { tierName, isFree: ({ id, accessible }) => (withWheelchairPlaces || !accessible) && isFree(id) };
}
