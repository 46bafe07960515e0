import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import { expireStatement } from './locked-bookings.ts';
import { lockClaims } from './seat-changes.ts';
import { inTurn, SWEEP_BATCH } from './sweeps.ts';

/** Ends bookings that were not paid in time and frees their seats. @returns how many ended */
export async function expireOverdueBookings(client: PrismaClient): Promise<number> {
  const due = await client.$queryRaw<{ id: string }[]>`
    SELECT id FROM bookings WHERE status = 'PENDING_PAYMENT' AND expires_at <= now()
    ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
  return inTurn(client, due, async (tx, { cityCode, id }) => {
    await lockClaims(tx, Prisma.sql`city_code = ANY (${cityCode.in}) AND booking_id = ANY (${id.in})`);
    const overdue = Prisma.sql`(city_code, id) IN (
      SELECT city_code, id FROM bookings WHERE city_code = ANY (${cityCode.in}) AND id = ANY (${id.in})
        AND status = 'PENDING_PAYMENT' AND expires_at <= now() FOR UPDATE SKIP LOCKED)`;
    const [result] = await tx.$queryRaw<{ count: number }[]>(expireStatement(overdue));
    return result?.count ?? 0;
  });
}
