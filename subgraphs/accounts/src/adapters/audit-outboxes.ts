import type { SqlTransaction } from '@marquee/database';
import { auditedType } from '@marquee/events';

import type { AuditEntry } from '../domain/audit-entry.ts';
import { AUDIT_COLUMNS } from './audit-log.ts';

type Reader = Pick<SqlTransaction, '$queryRaw'>;

/** A domain's outbox, from which entries of the log come. */
export interface AuditedOutbox {
  readonly domain: string;
  readonly client: Reader;
}

const PAGE = 1_000;

interface Told {
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly payload: Omit<AuditEntry, 'seq' | 'eventId' | 'at' | 'domain'>;
  /** Whether it was published so long ago that the log must have it. */
  readonly isDue: boolean | null;
}

/**
 * Compares the log with a domain's outbox, which keeps events for a week: whoever computes the chain anew must change both.
 *
 * @returns a line for each difference
 */
export async function* differencesFrom(outbox: AuditedOutbox, log: Reader): AsyncGenerator<string> {
  yield* missingEntries(outbox, log);
  yield* inventedEntries(outbox, log);
}

/** Events that the log lacks or has otherwise. */
async function* missingEntries({ domain, client }: AuditedOutbox, log: Reader): AsyncGenerator<string> {
  for (let after = 0n; ;) {
    const events = await client.$queryRaw<Told[]>`
      SELECT seq, id::text, occurred_at AS at, payload, published_at < now() - interval '5 minutes' AS "isDue"
      FROM outbox_events WHERE seq > ${after}::bigint AND type = ${auditedType(domain)} ORDER BY seq LIMIT ${PAGE}`;
    const entries = await log.$queryRaw<AuditEntry[]>`
      SELECT ${AUDIT_COLUMNS} FROM audit_log WHERE event_id = ANY (${events.map(({ id }) => id)}::uuid[])`;
    const byEvent = new Map(entries.map((entry) => [entry.eventId, entry]));
    for (const event of events) {
      const entry = byEvent.get(event.id);
      if (entry && !isOf(entry, event)) yield `entry ${entry.seq} differs from what ${domain} told`;
      if (!entry && event.isDue) yield `${event.payload.action} of ${domain} is not in the log: event ${event.id}`;
    }
    const last = events.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

function isOf(entry: AuditEntry, { at, payload }: Told): boolean {
  const fields = ['actorId', 'action', 'subjectType', 'subjectId', 'detail'] as const;
  return entry.at.getTime() === at.getTime() && fields.every((field) => entry[field] === payload[field]);
}

/** Entries of the last days, whose events the outbox must still have, and has not. */
async function* inventedEntries({ domain, client }: AuditedOutbox, log: Reader): AsyncGenerator<string> {
  for (let after = 0; ;) {
    const entries = await log.$queryRaw<Pick<AuditEntry, 'seq' | 'eventId'>[]>`
      SELECT seq::float8 AS seq, event_id::text AS "eventId" FROM audit_log
      WHERE seq > ${after}::bigint AND domain = ${domain} AND at > now() - interval '6 days'
      ORDER BY audit_log.seq LIMIT ${PAGE}`;
    const told = await client.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM outbox_events
      WHERE type = ${auditedType(domain)} AND id = ANY (${entries.map(({ eventId }) => eventId)}::uuid[])`;
    const ids = new Set(told.map(({ id }) => id));
    for (const { seq, eventId } of entries) if (!ids.has(eventId)) yield `entry ${seq} was not told by ${domain}`;
    const last = entries.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}
