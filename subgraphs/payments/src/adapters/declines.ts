import { type Sql, sql } from '@marquee/database';

import { HOUR_MS, MAX_DECLINES_AN_HOUR } from '../domain/declines.ts';
import { INTERNAL_DECLINE_CODES } from '../domain/payment.ts';

/** Selects `tried_at` of a payment if so many cards of a customer were declined within an hour that no other is charged. */
export const lastDeclines = (customerId: string, now: Date): Sql => last(customerId, now, DECLINED);

/** The same for top-ups, of which any number may be under way at once: they count as declined. */
export const lastTries = (customerId: string, now: Date): Sql =>
  last(customerId, now, sql`(status = 'PROCESSING' OR ${DECLINED})`);

const DECLINED = sql`
  status = 'FAILED' AND coalesce(decline_code, '') <> ALL (${Object.values(INTERNAL_DECLINE_CODES)}::text[])`;

function last(customerId: string, now: Date, tried: Sql): Sql {
  return sql`
    SELECT created_at AS tried_at FROM payments
    WHERE customer_id = ${customerId} AND created_at > ${new Date(now.getTime() - HOUR_MS)}::timestamptz AND ${tried}
    ORDER BY created_at DESC OFFSET ${MAX_DECLINES_AN_HOUR - 1} LIMIT 1`;
}
