import { toMoney } from '@marquee/money';
import { Prisma } from '@marquee/prisma-booking';

import type { SeatHold } from '../domain/hold.ts';

/** A row of `seat_holds` as raw statements return it. */
export interface HoldRow extends Omit<SeatHold, 'total'> {
  readonly subtotal: bigint;
  readonly currency: string;
  readonly expired: boolean;
}

export const HOLD_COLUMNS = Prisma.sql`id, city_code AS "cityCode", show_id AS "showId", customer_id AS "customerId",
  status, expires_at AS "expiresAt", seats, subtotal, currency, expires_at <= now() AS expired`;

/** A hold is EXPIRED from its expiry on, whether or not the background job has marked it yet. */
export function toHold({ subtotal, currency, expired, ...hold }: HoldRow): SeatHold {
  const status = hold.status === 'ACTIVE' && expired ? 'EXPIRED' : hold.status;
  return { ...hold, status, total: toMoney(subtotal, currency) };
}
