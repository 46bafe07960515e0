import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox, audited, type AuditedType, type DomainEvent } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';

import type { AuditEntry, AuditRecord } from '../domain/audit-entry.ts';
import type { AuditFilter } from '../domain/audit-filter.ts';
import { chained, type ChainHead, EMPTY_CHAIN, faultOf } from './audit-chain.ts';

/** The key of the advisory lock: any number that nothing else in the database uses. */
const CHAIN_LOCK = 7_305_111;
const BATCH = 1_000;

/** The columns of an entry. */
export const AUDIT_COLUMNS = Prisma.sql`
  seq::float8 AS seq, event_id::text AS "eventId", at, domain, actor_id AS "actorId", action,
  subject_type AS "subjectType", subject_id AS "subjectId", detail`;

/** Adds the audited actions of a batch of events to the chain. Writers wait for each other, so that it has one end. */
export async function appendToAuditLog(events: readonly DomainEvent<AuditedType>[], tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  const [head = EMPTY_CHAIN] = await tx.$queryRaw<ChainHead[]>`
    SELECT seq::float8 AS seq, hash FROM audit_log ORDER BY audit_log.seq DESC LIMIT 1`;
  const rows = chained(head, events.map(toRecord)).map((entry) => ({
    ...{ ...entry, hash: entry.hash.toString('hex') },
  }));
  await tx.$executeRaw`
    INSERT INTO audit_log (seq, event_id, at, domain, actor_id, action, subject_type, subject_id, detail, hash)
    SELECT seq, "eventId", at, domain, "actorId", action, "subjectType", "subjectId", detail, decode(hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS entry (
      seq bigint, "eventId" uuid, at timestamptz, domain text, "actorId" text, action text,
      "subjectType" text, "subjectId" text, detail text, hash text)`;
}

function toRecord({ id, type, occurredAt, payload }: DomainEvent<AuditedType>): AuditRecord {
  return { ...payload, eventId: id, at: new Date(occurredAt), domain: type.slice(0, type.lastIndexOf('.')) };
}

/** Actions and looks, as they are read. */
export class AuditLogRepository {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** Entries before a number, the latest first; one more than the limit when there are more. */
  page(filter: AuditFilter, { limit, before }: { limit: number; before: number | null }): Promise<AuditEntry[]> {
    const { actorId, subjectType, subjectId, action, from, to } = filter;
    const conditions = [
      ...(before === null ? [] : [Prisma.sql`seq < ${before}::bigint`]),
      ...(actorId === null ? [] : [Prisma.sql`actor_id = ${actorId}`]),
      ...(subjectType === null ? [] : [Prisma.sql`subject_type = ${subjectType}`]),
      ...(subjectId === null ? [] : [Prisma.sql`subject_id = ${subjectId}`]),
      ...(action === null ? [] : [Prisma.sql`action = ${action}`]),
      ...(from === null ? [] : [Prisma.sql`at >= ${from}`]),
      ...(to === null ? [] : [Prisma.sql`at < ${to}`]),
    ];
    const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`;
    return this.#client.$queryRaw<AuditEntry[]>`
      SELECT ${AUDIT_COLUMNS} FROM audit_log ${where} ORDER BY audit_log.seq DESC LIMIT ${limit + 1}`;
  }
}

const LISTS = {
  auditLog: { action: 'audit-log.read', subjectType: 'AuditLog', subjectId: 'audit-log' },
  users: { action: 'users.listed', subjectType: 'User', subjectId: 'users' },
};

/** Puts the reading of a list into the log, before anything is read. */
export function recordReadingOf(
  list: keyof typeof LISTS,
  client: PrismaClient,
): (actorId: string, detail: string) => Promise<void> {
  return (actorId, detail) => appendToOutbox(client, [audited('accounts', { ...LISTS[list], actorId, detail })]);
}

/**
 * Computes the chain anew, until its end or its first fault.
 *
 * @returns after each batch the last entry that is right, and the fault behind it
 */
export async function* verifyAuditLog(
  client: Pick<SqlTransaction, '$queryRaw'>,
): AsyncGenerator<{ readonly checked: readonly ChainHead[]; readonly fault: string | null }> {
  let head = EMPTY_CHAIN;
  for (;;) {
    const rows = await client.$queryRaw<(AuditEntry & ChainHead)[]>`
      SELECT ${AUDIT_COLUMNS}, hash FROM audit_log WHERE seq > ${head.seq}::bigint ORDER BY audit_log.seq LIMIT ${BATCH}`;
    const checked: ChainHead[] = [];
    for (const row of rows) {
      const fault = faultOf({ ...row, hash: Buffer.from(row.hash) }, head);
      if (fault !== null) return yield { checked, fault };
      head = { seq: row.seq, hash: Buffer.from(row.hash) };
      checked.push(head);
    }
    yield { checked, fault: null };
    if (rows.length < BATCH) return;
  }
}
