import type { Money } from '@marquee/money';

/** A seat and its price. */
export interface PricedSeat {
  readonly id: string;
  readonly section: string;
  readonly row: string;
  readonly number: number;
  readonly tierId: string;
  readonly price: Money;
}

export type HoldStatus = 'ACTIVE' | 'CONSUMED' | 'RELEASED' | 'EXPIRED';

/** Seats reserved for one customer for a few minutes while they pay. */
export interface SeatHold {
  readonly id: string;
  readonly cityCode: string;
  readonly showId: string;
  readonly customerId: string;
  readonly status: HoldStatus;
  readonly expiresAt: Date;
  readonly seats: readonly PricedSeat[];
  /** Price of the seats, before fees. */
  readonly total: Money;
}
