import type { Show } from './show.ts';

/** Seats that a venue keeps from sale. */
export interface BlockedSeats {
  /**
   * Blocks all of the seats, or none.
   *
   * @returns the seats that are sold or held, with nothing changed; none when all are blocked
   */
  block(show: Show, seats: SeatsToBlock): Promise<readonly string[]>;
  /** Frees those of the seats that are blocked; the others stay as they are. */
  unblock(show: Show, seatIds: readonly string[], by: string): Promise<void>;
}

export interface SeatsToBlock {
  /** Different ones. */
  readonly seats: readonly { readonly id: string; readonly section: string }[];
  readonly reason: string;
  /** Who blocks them. */
  readonly by: string;
}
