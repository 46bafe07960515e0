import type { PricedSeat, SeatHold } from './hold.ts';
import type { IdempotencyRecord } from './idempotency.ts';
import type { Money } from './money.ts';
import type { Show } from './show.ts';

/** A claim on seats of a show for a new hold. */
export interface HoldClaim {
  readonly id: string;
  readonly show: Show;
  readonly customerId: string;
  readonly seats: readonly PricedSeat[];
  readonly subtotal: Money;
  readonly holdSeconds: number;
  /** Whether the customer's own overlapping holds are released; otherwise their seats count as taken. */
  readonly replacesOwn: boolean;
  readonly idempotency: IdempotencyRecord;
}

export interface Holds {
  find(id: string): Promise<SeatHold | null>;
  /**
   * Claims all of the seats for a new hold, or none.
   *
   * @throws {SeatUnavailableError} when one of them is taken
   */
  claim(claim: HoldClaim): Promise<SeatHold>;
  /** Releases an active hold and frees its seats. @returns null when the hold is not active */
  release(id: string): Promise<SeatHold | null>;
}

/** Holds at or near their expiry, for the background jobs. */
export interface ExpiringHolds {
  /** Expires the holds whose time has run out and frees their seats. @returns how many expired */
  expire(): Promise<number>;
  /** Emits `booking.hold-expiring` once for each hold that expires within `seconds`. */
  warn(seconds: number): Promise<void>;
}
