import type { SqlTransaction } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-booking';

import { cityKeys } from './shows.ts';

/** How many holds or bookings one sweep ends at most. */
export const SWEEP_BATCH = 500;

/** Any number will do that nothing else in this database locks. */
const SWEEP_LOCK = 5_202_611;

/**
 * Does the work of a sweep in a transaction, unless there is none or another sweep is at it, of any process and kind:
 * each changes the rows of many shows, in no order.
 *
 * @returns what the work does; 0 when it is not done
 */
export async function inTurn(
  client: PrismaClient,
  due: readonly { readonly id: string }[],
  work: (tx: SqlTransaction, keys: ReturnType<typeof cityKeys>) => Promise<number>,
): Promise<number> {
  if (due.length === 0) return 0;
  return client.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${SWEEP_LOCK}) AS locked`;
    return row?.locked ? work(tx, cityKeys(due.map(({ id }) => id))) : 0;
  });
}
