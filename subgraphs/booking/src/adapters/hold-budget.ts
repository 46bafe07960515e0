/**
 * How long a customer keeps seats of a show without paying.
 *
 * A first hold sets a deadline, `held_until`, by which every hold of the customer in the show ends, whether it renews or
 * replaces another, or follows a release. A booking moves the deadline by its time to pay. Once it has passed, a new hold
 * sets the next, as long as less than the allowed seconds were spent within the hour.
 */
import { Prisma } from '@marquee/prisma-booking';

import type { SeatHold } from '../domain/hold.ts';
import type { HoldClaim, NewBooking } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';

/** The least time that is worth a hold. */
const MIN_HOLD_SECONDS = 60;
const PERIOD = Prisma.sql`interval '1 hour'`;

const isHeld = Prisma.sql`budget.held_until > now()`;
const isOver = Prisma.sql`budget.held_until <= now() AND budget.period_started_at <= now() - ${PERIOD}`;

/**
 * The deadline of a new hold as `held_until`, which has passed when no time is left.
 *
 * Needs a part of the statement named `usage`, which it waits for.
 */
export function spendOnHold({
  show,
  customerId,
  holdSeconds,
  unpaidSeconds,
}: Pick<HoldClaim, 'customerId' | 'holdSeconds' | 'unpaidSeconds'> & {
  readonly show: Pick<Show, 'cityCode' | 'id'>;
}): Prisma.Sql {
  const first = Math.min(holdSeconds, unpaidSeconds);
  const left = Prisma.sql`${unpaidSeconds}::int - budget.spent_seconds`;
  const next = Prisma.sql`
    CASE WHEN ${left} >= ${Math.min(first, MIN_HOLD_SECONDS)}::int THEN least(excluded.spent_seconds, ${left}) ELSE 0 END`;
  return Prisma.sql`
    INSERT INTO hold_budgets AS budget (city_code, show_id, customer_id, period_started_at, spent_seconds, held_until)
    SELECT ${show.cityCode}, ${show.id}, ${customerId}, now(), ${first}::int, now() + make_interval(secs => ${first}::int)
    FROM usage
    ON CONFLICT (city_code, show_id, customer_id) DO UPDATE SET
      period_started_at = CASE WHEN ${isOver} THEN now() ELSE budget.period_started_at END,
      spent_seconds = CASE WHEN ${isOver} THEN excluded.spent_seconds WHEN ${isHeld} THEN budget.spent_seconds
        ELSE budget.spent_seconds + ${next} END,
      held_until = CASE WHEN ${isOver} THEN excluded.held_until WHEN ${isHeld} THEN budget.held_until
        ELSE now() + make_interval(secs => ${next}) END
    RETURNING held_until`;
}

/** Moves the deadline by the time to pay for a booking. Needs a part of the statement named `consumed`, its hold. */
export function spendOnBooking({ hold, paymentSeconds, unpaidSeconds }: NewBooking): Prisma.Sql {
  return Prisma.sql`
    UPDATE hold_budgets AS budget
    SET (spent_seconds, held_until) = (
      SELECT budget.spent_seconds + more, budget.held_until + make_interval(secs => more)
      FROM (SELECT greatest(0, least(${unpaidSeconds}::int - budget.spent_seconds,
        extract(epoch FROM now() - budget.held_until)::float + ${paymentSeconds}::int)) AS more) AS extension)
    FROM consumed
    WHERE budget.city_code = ${hold.cityCode} AND budget.show_id = ${hold.showId} AND budget.customer_id = ${hold.customerId}
    RETURNING budget.held_until`;
}

/** When a customer without time left may hold seats of the show again; null when they may now. */
export function nextPeriodStatement({
  cityCode,
  showId,
  customerId,
}: Pick<SeatHold, 'cityCode' | 'showId' | 'customerId'>) {
  return Prisma.sql`
    SELECT period_started_at + ${PERIOD} AS "availableAt" FROM hold_budgets
    WHERE city_code = ${cityCode} AND show_id = ${showId} AND customer_id = ${customerId}
      AND period_started_at > now() - ${PERIOD}`;
}

/** Deletes what counts no longer: without it the next hold gets the same. */
export const deleteOverStatement = Prisma.sql`DELETE FROM hold_budgets AS budget WHERE ${isOver}`;
