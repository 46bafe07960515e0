import type { PricedSeat, SeatHold } from './hold.ts';
import { tierNamed } from './price-seats.ts';
import type { SeatKey } from './seat-id.ts';
import type { LayoutSeat, SeatLayout } from './seat-layout.ts';
import type { PriceTier, Show } from './show.ts';

export type SeatStatus = 'AVAILABLE' | 'HELD' | 'SOLD' | 'BLOCKED';

/** A seat in a show. Holds, bookings and tickets keep only where it is. */
export interface Seat extends SeatKey, Pick<PricedSeat, 'section' | 'row' | 'number'> {
  readonly accessible?: boolean;
  readonly tier?: PriceTier;
  readonly status?: SeatStatus;
}

/** Every seat of a show and its status. */
export interface SeatMap {
  readonly version: number;
  readonly sections: readonly SeatMapSection[];
}

export interface SeatMapSection {
  readonly showId: string;
  readonly name: string;
  readonly tier: PriceTier;
  /** Null for a section with seats. */
  readonly standingCapacity: number | null;
  readonly rows: readonly { readonly label: string; readonly seats: readonly Seat[] }[];
}

/** The status that a change of the seat map gives to a seat, by the layout's id of it. */
export interface SeatStatusChange {
  readonly id: string;
  readonly status: SeatStatus;
}

/** Statuses of the seats that are not available, by seat id. */
export type TakenSeats = ReadonlyMap<string, Exclude<SeatStatus, 'AVAILABLE'>>;

/** The taken seats at one version of the seat map. */
export interface SeatMapState {
  readonly version: number;
  readonly taken: TakenSeats;
}

/** A seat as the show sells it, whatever its status. */
export function seatOf(show: Show, layout: SeatLayout, id: string): Seat & Pick<Required<Seat>, 'accessible' | 'tier'> {
  const place = layout.place(id);
  if (!place) throw new Error(`The show ${show.id} has no seat ${id}`);
  const { section, row, tierName, seat } = place;
  return { ...seat, section, row, showId: show.id, tier: tierNamed(show, tierName) };
}

/** The seats of a hold or booking. */
export function seatsOf({ showId, seats }: Pick<SeatHold, 'showId' | 'seats'>): Seat[] {
  return seats.map((seat) => ({ ...seat, showId }));
}

/**
 * Marks the taken seats in the layout.
 *
 * Seats are written out: object spread takes about 3 µs a seat, more than all the rest of reading a seat map.
 */
export function seatMapOf(show: Show, layout: SeatLayout, { version, taken }: SeatMapState): SeatMap {
  const { id: showId } = show;
  const sections = layout.sections.map(({ name: section, tierName, rows, standingCapacity = null }) => {
    const tier = tierNamed(show, tierName);
    const seatsIn = (row: string, seats: readonly LayoutSeat[]): Seat[] =>
      seats.map(({ id, number, accessible }) => {
        const status = taken.get(id) ?? 'AVAILABLE';
        return { id, showId, section, row, number, accessible, tier, status };
      });
    const seated = rows.map(({ label, seats }) => ({ label, seats: seatsIn(label, seats) }));
    return { showId, name: section, tier, standingCapacity, rows: seated };
  });
  return { version, sections };
}
