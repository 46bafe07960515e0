/**
 * Seats that requests of this process are claiming at this moment.
 *
 * Those who ask for the best seats at once would all choose the same ones, and all but one lose. Here they see what the
 * others are about to take. It is a hint: other processes do not see it, and the database decides.
 */
export class SeatsInFlight {
  readonly #seatIds = new Set<string>();

  has(seatId: string): boolean {
    return this.#seatIds.has(seatId);
  }

  /** Marks seats while they are claimed. */
  async during<T>(seatIds: readonly string[], claim: () => Promise<T>): Promise<T> {
    const marked = seatIds.filter((id) => !this.#seatIds.has(id));
    for (const id of marked) this.#seatIds.add(id);
    try {
      return await claim();
    } finally {
      for (const id of marked) this.#seatIds.delete(id);
    }
  }
}
