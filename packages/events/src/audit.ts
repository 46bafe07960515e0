import type { SqlTransaction } from '@marquee/database';

import { KEEP_PUBLISHED_SECONDS } from './retention.ts';

const PAGE = 5_000;

/** An event that a consumer of its type has not received. */
export interface UnreceivedEvent {
  /** The domain that emitted it. */
  readonly domain: string;
  readonly consumer: string;
  readonly seq: bigint;
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly occurredAt: Date;
}

interface Candidate extends Omit<UnreceivedEvent, 'domain' | 'consumer'> {}

/**
 * Compares the outbox of a domain with the inboxes of its consumers.
 *
 * An event counts as received once its effect is committed, or it is a dead letter.
 *
 * @param databaseOf the database of a consumer's inbox; undefined when there is none: then it has received nothing
 */
export async function unreceivedEvents(
  domain: string,
  outbox: SqlTransaction,
  databaseOf: (consumer: string) => SqlTransaction | undefined,
): Promise<UnreceivedEvent[]> {
  const subscribers = await outbox.$queryRaw<{ consumer: string; types: string[] }[]>`
    SELECT consumer, types FROM event_subscribers ORDER BY consumer`;
  const found: UnreceivedEvent[] = [];
  for (const { consumer, types } of subscribers) {
    for await (const page of expectedEvents(outbox, consumer, types)) {
      const received = await receivedOf(databaseOf(consumer), consumer, page);
      found.push(...page.filter(({ id }) => !received.has(id)).map((event) => ({ ...event, domain, consumer })));
    }
  }
  return found;
}

/** The events that a consumer has received or has to receive, in the order of the outbox. */
async function* expectedEvents(
  outbox: SqlTransaction,
  consumer: string,
  types: readonly string[],
): AsyncGenerator<Candidate[]> {
  let after: bigint | number = 0;
  for (;;) {
    const page: Candidate[] = await outbox.$queryRaw`
      SELECT seq, id::text, type, key, occurred_at AS "occurredAt" FROM outbox_events e
      WHERE seq > ${after}::bigint AND type = ANY (${types}::text[])
        AND (published_at IS NULL
          OR published_at > now() - make_interval(secs => ${KEEP_PUBLISHED_SECONDS})
          OR EXISTS (SELECT FROM unacknowledged_events u WHERE u.consumer = ${consumer} AND u.seq = e.seq))
      ORDER BY seq LIMIT ${PAGE}`;
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.seq;
  }
}

async function receivedOf(
  inbox: SqlTransaction | undefined,
  consumer: string,
  events: readonly Candidate[],
): Promise<ReadonlySet<string>> {
  if (!inbox) return new Set();
  const ids = events.map(({ id }) => id);
  const rows = await inbox.$queryRaw<{ id: string }[]>`
    SELECT event_id::text AS id FROM inbox_events
    WHERE consumer = ${consumer} AND event_id = ANY (${ids}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}

/** Has the domain's relay deliver published events again, although their consumers may have acknowledged them. */
export async function deliverAgain(outbox: SqlTransaction, events: readonly UnreceivedEvent[]): Promise<void> {
  const rows = JSON.stringify(events.map(({ consumer, seq }) => ({ consumer, seq: `${seq}` })));
  await outbox.$executeRaw`
    INSERT INTO unacknowledged_events (consumer, seq, due_at)
    SELECT missing.consumer, e.seq, statement_timestamp()
    FROM jsonb_to_recordset(${rows}::jsonb) AS missing (consumer text, seq bigint) JOIN outbox_events e USING (seq)
    WHERE e.published_at IS NOT NULL
    ORDER BY missing.consumer, e.seq
    ON CONFLICT (consumer, seq) DO UPDATE SET due_at = excluded.due_at`;
}
