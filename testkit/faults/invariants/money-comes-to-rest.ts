import { sql } from '@marquee/database';

import { GRACE_SECONDS, ruleOf } from './rule.ts';

export const moneyComesToRest = ruleOf(
  'a payment, refund, payout or webhook is done, or is looked at again in time',
  'payments',
  sql`
    SELECT what || ' was due at ' || coalesce(due_at::text, 'no time') AS what FROM (
      SELECT 'payment ' || id AS what, next_check_at AS due_at FROM payments WHERE status IN ('PROCESSING', 'REQUIRES_ACTION')
      UNION ALL SELECT 'payment ' || id || ', still open,', deadline + interval '15 minutes' FROM payments
        WHERE status IN ('PROCESSING', 'REQUIRES_ACTION')
      UNION ALL SELECT 'refund ' || id, next_try_at FROM refunds WHERE status = 'PENDING'
      UNION ALL SELECT 'refund ' || id || ', still pending,', created_at + interval '1 day' FROM refunds
        WHERE status = 'PENDING'
      UNION ALL SELECT 'payout ' || id, next_try_at FROM payouts WHERE status = 'PENDING'
      UNION ALL SELECT 'webhook ' || event_id, next_try_at FROM provider_events WHERE handled_at IS NULL
    ) AS open WHERE due_at IS NULL OR due_at < now() - make_interval(secs => ${GRACE_SECONDS}::int)`,
);
