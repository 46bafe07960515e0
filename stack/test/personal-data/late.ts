import { eventually } from '@marquee/testkit';

import { query } from '../server-process.ts';

/** Events of erasures would erase the person once more; the audit log has each event once. */
const NOT_AGAIN = '(^account.erased|.person-erased|.audited)$';
const OPEN = 'SELECT FROM outbox_events WHERE published_at IS NULL UNION ALL SELECT FROM unacknowledged_events';

/**
 * Emits all events again that name a person, with other ids, as if they came late, and waits until all are handled.
 *
 * @returns how many
 */
export async function emitAgain(databaseUrls: readonly string[], userId: string): Promise<number> {
  let emitted = 0;
  for (const url of databaseUrls) {
    const rows = await query(
      url,
      `INSERT INTO outbox_events (id, type, key, payload) SELECT gen_random_uuid(), type, key, payload FROM outbox_events
       WHERE payload::text LIKE '%${userId}%' AND type !~ '${NOT_AGAIN}' RETURNING id`,
    );
    emitted += rows.length;
  }
  await eventually(async () => {
    for (const url of databaseUrls) if ((await query(url, OPEN)).length > 0) throw new Error('Events are on their way');
  });
  return emitted;
}

/** Makes the latest erasure a dead letter of ratings, as after its last try. */
export async function bury(accountsUrl: string, ratingsUrl: string): Promise<void> {
  const [event] = (await query(
    accountsUrl,
    `SELECT id::text, type, key, payload, occurred_at AS "occurredAt" FROM outbox_events
     WHERE type = 'account.erased' ORDER BY seq DESC LIMIT 1`,
  )) as { readonly id: string }[];
  await query(
    ratingsUrl,
    `WITH received AS (
       INSERT INTO inbox_events (consumer, event_id) VALUES ('ratings', '${event?.id}') ON CONFLICT DO NOTHING
     )
     INSERT INTO dead_letters (consumer, event_id, type, event, error, attempts)
     VALUES ('ratings', '${event?.id}', 'account.erased', '${JSON.stringify(event)}', 'It failed.', 10)`,
  );
}
