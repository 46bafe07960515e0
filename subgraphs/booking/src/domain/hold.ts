import type { Money } from './money.ts';

/** A seat with the price it is sold at. */
export interface PricedSeat {
  readonly id: string;
  readonly section: string;
  readonly row: string;
  readonly number: number;
  readonly tierId: string;
  readonly price: Money;
}

export type HoldStatus = 'ACTIVE' | 'CONSUMED' | 'RELEASED' | 'EXPIRED';

/** Seats that are kept for one customer for some minutes. */
export interface SeatHold {
  readonly id: string;
  readonly cityCode: string;
  readonly showId: string;
  readonly customerId: string;
  readonly status: HoldStatus;
  readonly expiresAt: Date;
  readonly seats: readonly PricedSeat[];
  /** The price of the seats, without fees. */
  readonly total: Money;
}
