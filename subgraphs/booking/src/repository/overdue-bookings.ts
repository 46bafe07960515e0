import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import { expireStatement } from './locked-bookings.ts';

const SWEEP_BATCH = 500;

/** Ends bookings that were not paid in time and frees their seats. @returns how many ended */
export async function expireOverdueBookings(client: PrismaClient): Promise<number> {
  const due = Prisma.sql`(city_code, id) IN (
    SELECT city_code, id FROM bookings WHERE status = 'PENDING_PAYMENT' AND expires_at <= now()
    ORDER BY expires_at LIMIT ${SWEEP_BATCH} FOR UPDATE SKIP LOCKED)`;
  const [result] = await client.$queryRaw<{ count: number }[]>(expireStatement(due));
  return result?.count ?? 0;
}
