import type { SqlTransaction } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-booking';

import { type CityKey, idsByCity } from './city-keys.ts';

/** The most holds or bookings that one sweep expires. */
export const SWEEP_BATCH = 500;

/** Key of the advisory lock: arbitrary, and used for nothing else in this database. */
const SWEEP_LOCK = 5_202_611;

/**
 * Runs a sweep of each city in a transaction of its own, unless another sweep is running in any process.
 *
 * A sweep changes rows of many shows in no fixed order, so two at a time could deadlock.
 */
export async function withSweepLock(
  client: PrismaClient,
  due: readonly CityKey[],
  sweep: (tx: SqlTransaction, cityCode: string, ids: readonly string[]) => Promise<unknown>,
): Promise<void> {
  for (const [cityCode, ids] of idsByCity(due)) {
    await client.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${SWEEP_LOCK}) AS locked`;
      if (row?.locked) await sweep(tx, cityCode, ids);
    });
  }
}
