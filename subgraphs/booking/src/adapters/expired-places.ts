import type { PrismaClient } from '@marquee/prisma-booking';
import { currentTraceparent } from '@marquee/events';

import type { HoldClaim } from '../domain/ports.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';

/**
 * Frees the standing places of a claim's sections that are past their time.
 *
 * A seat past its time is taken over by whoever claims it. Places have no row to take over: until these are freed they
 * count as held. Rows that others lock are skipped, so that it waits for none.
 *
 * @returns the number of places freed
 */
export async function freeExpiredPlaces(client: PrismaClient, { show, seats }: HoldClaim): Promise<number> {
  const sections = [...new Set(seats.map(({ section }) => section))];
  const [row] = await client.$queryRaw<{ freed: number }[]>`
    WITH due AS (
      SELECT seat_id FROM seat_claims
      WHERE city_code = ${show.cityCode} AND show_id = ${show.id} AND seat_id >= '~' AND section = ANY (${sections})
        AND expires_at <= now()
      ORDER BY seat_id LIMIT 500 FOR UPDATE SKIP LOCKED
    ), freed AS (
      DELETE FROM seat_claims AS claim USING due
      WHERE claim.city_code = ${show.cityCode} AND claim.show_id = ${show.id} AND claim.seat_id = due.seat_id
      RETURNING ${FREED}
    ), changed AS (SELECT * FROM freed), ${emitSeatChanges(currentTraceparent(), show)}
    SELECT count(*)::int AS freed FROM freed`;
  return row?.freed ?? 0;
}
