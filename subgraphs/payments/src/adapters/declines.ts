import { type Sql, sql } from '@marquee/database';

import { HOUR_MS, MAX_DECLINES_AN_HOUR } from '../domain/declines.ts';
import { INTERNAL_DECLINE_CODES } from '../domain/payment.ts';

/** Selects a card payment as `tried_at` if so many were declined in the hour, or may still be, that no other is made. */
export function lastDeclines(customerId: string, now: Date): Sql {
  const since = new Date(now.getTime() - HOUR_MS);
  return sql`
    SELECT created_at AS tried_at FROM payments
    WHERE customer_id = ${customerId} AND created_at > ${since}::timestamptz AND (status = 'PROCESSING'
      OR (status = 'FAILED' AND coalesce(decline_code, '') <> ALL (${Object.values(INTERNAL_DECLINE_CODES)}::text[])))
    ORDER BY created_at DESC OFFSET ${MAX_DECLINES_AN_HOUR - 1} LIMIT 1`;
}
