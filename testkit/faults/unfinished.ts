import { queryDatabase } from './query-database.ts';
import type { World } from './world.ts';

interface Open {
  readonly what: string;
}

/** The work that must have ended some time after a sale: nothing is left to wait for. */
const OPEN: Readonly<Record<string, string>> = {
  booking: `
    SELECT 'hold ' || id || ' is still active' AS what FROM seat_holds WHERE status = 'ACTIVE'
    UNION ALL SELECT 'booking ' || id || ' still awaits payment' FROM bookings WHERE status = 'PENDING_PAYMENT'
    UNION ALL SELECT 'booking ' || id || ' needs a review' FROM bookings WHERE status = 'NEEDS_REVIEW'`,
  payments: `
    SELECT 'payment ' || id || ' is still ' || status AS what FROM payments WHERE status IN ('PROCESSING', 'REQUIRES_ACTION')
    UNION ALL SELECT 'refund ' || id || ' is ' || status FROM refunds WHERE status <> 'SUCCEEDED'
    UNION ALL SELECT 'webhook ' || event_id || ' is not handled: ' || coalesce(last_error, 'not tried') FROM provider_events
      WHERE handled_at IS NULL
    UNION ALL SELECT 'review ' || id || ' of ' || kind || ' is ' || status FROM payment_reviews WHERE status <> 'CLOSED'`,
};

/** Lines for what is under way, or waits for staff. */
export async function unfinished(world: World): Promise<string[]> {
  const open = Object.entries(OPEN).map(([domain, text]) => queryDatabase<Open>(world.databaseUrl(domain), text));
  return (await Promise.all(open)).flat().map(({ what }) => what);
}
