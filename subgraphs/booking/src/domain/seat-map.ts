import { tierNamed } from './price-seats.ts';
import type { LayoutSeat, SeatLayout } from './seat-layout.ts';
import type { PriceTier, Show } from './show.ts';

export type SeatStatus = 'AVAILABLE' | 'HELD' | 'SOLD' | 'BLOCKED';

export interface SeatMapSeat extends LayoutSeat {
  readonly status: SeatStatus;
  readonly tier: PriceTier;
}

/** Every seat of a show and its status. */
export interface SeatMap {
  readonly version: number;
  readonly sections: readonly {
    readonly name: string;
    readonly rows: readonly { readonly label: string; readonly seats: readonly SeatMapSeat[] }[];
  }[];
}

/** Statuses of the seats that are not available, by seat id. */
export type TakenSeats = ReadonlyMap<string, Exclude<SeatStatus, 'AVAILABLE'>>;

/** Marks the taken seats in the layout. @param taken as of the show's `seatMapVersion` or later */
export function seatMapOf(show: Show, layout: SeatLayout, taken: TakenSeats): SeatMap {
  const sections = layout.sections.map(({ name, tierName, rows }) => {
    const tier = tierNamed(show, tierName);
    const withStatus = (seat: LayoutSeat): SeatMapSeat => ({
      ...seat,
      status: taken.get(seat.id) ?? 'AVAILABLE',
      tier,
    });
    return { name, rows: rows.map(({ label, seats }) => ({ label, seats: seats.map(withStatus) })) };
  });
  return { version: show.seatMapVersion, sections };
}
