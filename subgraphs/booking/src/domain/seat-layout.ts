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
}

/** Location of a seat in its layout. */
export interface SeatPlace {
  readonly section: string;
  readonly tierName: string;
  readonly row: string;
  readonly seat: LayoutSeat;
}

/** The seats of a screen. Layouts are immutable: a changed screen gets a new one. */
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

  /** Location of the seat; undefined when it is not in this layout. */
  place(seatId: string): SeatPlace | undefined {
    return this.#places.get(seatId);
  }
}
