/** A seat as its screen has it, whatever the show. */
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
  /** The name of the price tier that its seats have. */
  readonly tierName: string;
  readonly rows: readonly LayoutRow[];
}

/** Where a seat stands in its layout. */
export interface SeatPlace {
  readonly section: string;
  readonly tierName: string;
  readonly row: string;
  readonly seat: LayoutSeat;
}

/** The seats of a screen. A layout never changes: a changed screen gets a new one. */
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

  get seatCount(): number {
    return this.#places.size;
  }

  /** Where the seat stands; undefined when it is not one of this layout. */
  place(seatId: string): SeatPlace | undefined {
    return this.#places.get(seatId);
  }
}
