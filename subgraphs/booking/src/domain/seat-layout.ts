import { sumOf } from '@marquee/money';

import { readStandingPlace } from './standing-place.ts';

/** A seat of a screen, regardless of the show. */
export interface LayoutSeat {
  readonly id: string;
  readonly number: number;
  readonly accessible: boolean;
}

export interface LayoutRow {
  readonly label: string;
  readonly seats: readonly LayoutSeat[];
}

export interface LayoutSection {
  readonly name: string;
  /** Name of the price tier of its seats. */
  readonly tierName: string;
  readonly rows: readonly LayoutRow[];
  /** Places where people stand; null, or missing in older layouts, for a section with seats. */
  readonly standingCapacity?: number | null;
}

/** Location of a seat or standing place in its layout. */
export interface SeatPlace {
  readonly section: string;
  readonly tierName: string;
  /** Empty where people stand. */
  readonly row: string;
  readonly seat: LayoutSeat;
}

/** The seats and standing places of a screen. Layouts are immutable: a changed screen gets a new one. */
export class SeatLayout {
  readonly id: string;
  readonly sections: readonly LayoutSection[];
  readonly #places = new Map<string, SeatPlace>();

  constructor(id: string, sections: readonly LayoutSection[]) {
    this.id = id;
    this.sections = sections;
    for (const { name, tierName, rows } of sections) {
      for (const { label, seats } of rows) {
        for (const seat of seats) this.#places.set(seat.id, { section: name, tierName, row: label, seat });
      }
    }
  }

  /** Seats and standing places. */
  get seatCount(): number {
    return this.countPlaces(undefined);
  }

  /** Seats and standing places of a price tier, of all when undefined. */
  countPlaces(tierName: string | undefined): number {
    const ofTier = this.sections.filter((section) => tierName === undefined || section.tierName === tierName);
    const seats = ofTier.flatMap(({ rows }) => rows.map((row) => row.seats.length));
    return sumOf([...seats, ...ofTier.map(({ standingCapacity }) => standingCapacity ?? 0)]);
  }

  /** Location of the seat or standing place; undefined when it is not in this layout. */
  place(seatId: string): SeatPlace | undefined {
    return this.#places.get(seatId) ?? this.#standingPlace(seatId);
  }

  #standingPlace(id: string): SeatPlace | undefined {
    const place = readStandingPlace(this.id, id);
    const section = place && this.sections[place.section];
    if (!place || !section?.standingCapacity) return undefined;
    const seat = { id, number: place.number, accessible: false };
    return { section: section.name, tierName: section.tierName, row: '', seat };
  }
}
