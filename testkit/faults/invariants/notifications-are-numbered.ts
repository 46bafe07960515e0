import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

/** Clients catch up by these numbers. Erasure of an account takes its inbox too. */
export const notificationsAreNumbered = ruleOf(
  'a person’s notifications have the numbers 1 to that of the inbox',
  'notifications',
  sql`
    SELECT user_id || ' has ' || coalesce(stored, 0) || ' notifications, ' || coalesce(numbers, 0)
      || ' numbers, and an inbox of ' || coalesce(inbox.version, 0) AS what
    FROM inboxes AS inbox FULL JOIN (
      SELECT user_id, count(*) AS stored, count(DISTINCT version) AS numbers, max(version) AS latest
      FROM notifications WHERE version > 0 GROUP BY user_id) AS numbered USING (user_id)
    WHERE coalesce(stored, 0) <> coalesce(inbox.version, 0) OR coalesce(numbers, 0) <> coalesce(stored, 0)
      OR coalesce(latest, 0) <> coalesce(inbox.version, 0)`,
);
