import { appendToOutbox, audited, currentTraceparent, type NewEvent, outboxInsert } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import type { BlockedSeats, SeatsToBlock } from '../domain/blocked-seats.ts';
import type { Show } from '../domain/show.ts';
import { seatIdsOf } from './seat-claims.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';

/** Thrown to undo a statement that could not block every seat. */
class SeatsTaken extends Error {
  readonly seatIds: readonly string[];

  constructor(seatIds: readonly string[]) {
    super('Some seats are taken');
    this.seatIds = seatIds;
  }
}

/** Claims of seats that are not for sale. */
export class BlockedSeatRepository implements BlockedSeats {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async block(show: Show, { seats, reason, by }: SeatsToBlock): Promise<readonly string[]> {
    const wanted = seatIdsOf(seats);
    try {
      await this.#client.$transaction(async (tx) => {
        const rows = await tx.$queryRaw<{ id: string }[]>(blockStatement(show, { seats, reason }));
        const blocked = new Set(rows.map(({ id }) => id));
        if (blocked.size < wanted.length) throw new SeatsTaken(wanted.filter((id) => !blocked.has(id)));
        await appendToOutbox(tx, [seatsAudited(by, 'blocked', show, wanted)]);
      });
      return [];
    } catch (error) {
      if (error instanceof SeatsTaken) return error.seatIds;
      throw error;
    }
  }

  /** Claims are locked in the order in which every statement locks them. */
  async unblock(show: Show, seatIds: readonly string[], by: string): Promise<void> {
    const { cityCode, id: showId } = show;
    const action = seatsAudited(by, 'unblocked', show, seatIds);
    await this.#client.$executeRaw`
      WITH due AS (
        SELECT seat_id FROM seat_claims
        WHERE city_code = ${cityCode} AND show_id = ${showId} AND seat_id = ANY (${seatIds}) AND state = 'BLOCKED'
        ORDER BY seat_id FOR UPDATE
      ), freed AS (
        DELETE FROM seat_claims AS claim USING due
        WHERE claim.city_code = ${cityCode} AND claim.show_id = ${showId} AND claim.seat_id = due.seat_id
        RETURNING ${FREED}
      ), changed AS (TABLE freed), ${emitSeatChanges(currentTraceparent(), { cityCode })},
      logged AS (${outboxInsert([action], Prisma.sql`(SELECT FROM freed LIMIT 1) AS given`)})
      SELECT 1`;
  }
}

/** The entry of the audit log for seats that a member of staff takes from sale, or puts on sale again. */
function seatsAudited(
  actorId: string,
  change: 'blocked' | 'unblocked',
  { id: subjectId }: Show,
  seatIds: readonly string[],
): NewEvent {
  const subject = { subjectType: 'Show', subjectId, detail: `${seatIds.length} seats, from ${seatIds[0]}` };
  return audited('booking', { ...subject, actorId, action: `seats.${change}` });
}

/** Claims free seats, and those whose time is over, for nobody. */
function blockStatement({ cityCode, id: showId }: Show, { seats, reason }: Omit<SeatsToBlock, 'by'>): Prisma.Sql {
  return Prisma.sql`
    WITH blocked AS (
      INSERT INTO seat_claims AS claim (city_code, show_id, seat_id, section, state, reason)
      SELECT ${cityCode}, ${showId}, seat_id, section, 'BLOCKED'::"SeatClaimState", ${reason}
      FROM unnest(${seatIdsOf(seats)}::text[], ${seats.map(({ section }) => section)}::text[]) AS seat (seat_id, section)
      ORDER BY seat_id COLLATE "C"
      ON CONFLICT (city_code, show_id, seat_id) DO UPDATE
        SET state = excluded.state, over_state = claim.state, reason = excluded.reason, hold_id = NULL,
          booking_id = NULL, customer_id = NULL, expires_at = NULL
        WHERE claim.expires_at <= now() OR claim.state = 'BLOCKED'
      RETURNING city_code, show_id, seat_id, section, over_state
    ), changed AS (
      SELECT *, 'BLOCKED' AS status FROM blocked WHERE over_state IS DISTINCT FROM 'BLOCKED'
    ), ${emitSeatChanges(currentTraceparent(), { cityCode })}
    SELECT seat_id AS id FROM blocked`;
}
