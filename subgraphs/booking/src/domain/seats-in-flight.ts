const NONE: ReadonlySet<string> = new Set();

/**
 * Seats that requests of this process are claiming at this moment, by show.
 *
 * Those who ask for the best seats at once would all choose the same ones, and all but one lose. Here they see what the
 * others are about to take. It is a hint: other processes do not see it, and the database decides.
 */
export class SeatsInFlight {
  readonly #ofShows = new Map<string, Set<string>>();

  of(showId: string): ReadonlySet<string> {
    return this.#ofShows.get(showId) ?? NONE;
  }

  /** Marks seats while they are claimed. */
  async during<T>(showId: string, seatIds: readonly string[], claim: () => Promise<T>): Promise<T> {
    const seats = this.#ofShows.get(showId) ?? new Set();
    this.#ofShows.set(showId, seats);
    const marked = seatIds.filter((id) => !seats.has(id));
    for (const id of marked) seats.add(id);
    try {
      return await claim();
    } finally {
      for (const id of marked) seats.delete(id);
      if (seats.size === 0) this.#ofShows.delete(showId);
    }
  }
}
