import { Prisma } from '@marquee/prisma-booking';

import type { HoldStatus, PricedSeat, SeatHold } from '../domain/hold.ts';

/** A row of `seat_holds` as raw statements return it. */
export interface HoldRow {
  readonly id: string;
  readonly city_code: string;
  readonly show_id: string;
  readonly customer_id: string;
  readonly status: HoldStatus;
  readonly expires_at: Date;
  readonly seats: readonly PricedSeat[];
  readonly subtotal: number;
  readonly currency: string;
  readonly expired: boolean;
}

export const HOLD_COLUMNS = Prisma.sql`id, city_code, show_id, customer_id, status, expires_at, seats, subtotal,
  currency, expires_at <= now() AS expired`;

/** A hold is EXPIRED from its expiry on, whether or not the background job has marked it yet. */
export function holdOf(row: HoldRow): SeatHold {
  return {
    id: row.id,
    cityCode: row.city_code,
    showId: row.show_id,
    customerId: row.customer_id,
    status: row.status === 'ACTIVE' && row.expired ? 'EXPIRED' : row.status,
    expiresAt: row.expires_at,
    seats: row.seats,
    total: { amount: row.subtotal, currency: row.currency },
  };
}
