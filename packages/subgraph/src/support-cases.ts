import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import type { EventHandlers } from '@marquee/events';
import DataLoader from 'dataloader';
import { z } from 'zod';

import { hasScope } from './caller.ts';
import type { HasSupportCase, RequestContext } from './context.ts';
import { isPossibleId } from './ids.ts';

/** Lets support work on tickets, and look at what belongs to their customers. */
const SUPPORT = 'support:write';

/** Days after its resolve in which a case opens what belongs to its customer. */
const CASE_DAYS = 7;

const IS_OPEN = sql`(resolved_at IS NULL OR resolved_at > now() - make_interval(days => ${CASE_DAYS}::int))`;

/** The cases that a subgraph keeps from support's events. */
export class SupportCases {
  readonly #sql: Pick<SqlTransaction, '$queryRaw'>;

  constructor(client: Pick<SqlTransaction, '$queryRaw'>) {
    this.#sql = client;
  }

  /** Answers for the people of one request, in one statement. */
  forRequest(): HasSupportCase {
    let people: DataLoader<string, boolean> | undefined;
    return (personId) => (people ??= new DataLoader((ids) => this.#areOpen(ids))).load(personId);
  }

  async #areOpen(personIds: readonly string[]): Promise<boolean[]> {
    const rows = await this.#sql.$queryRaw<{ personId: string }[]>(sql`
      SELECT DISTINCT customer_id AS "personId" FROM support_cases
      WHERE customer_id = ANY (${personIds.filter(isPossibleId)}::text[]) AND ${IS_OPEN}`);
    const found = new Set(rows.map(({ personId }) => personId));
    return personIds.map((id) => found.has(id));
  }
}

/** The SQL condition that a person, such as that of a column, has a case. */
export function withOpenCase(personId: Sql): Sql {
  return sql`EXISTS (SELECT FROM support_cases WHERE support_cases.customer_id = ${personId} AND ${IS_OPEN})`;
}

/**
 * The scope by which the caller sees what belongs to somebody else; null for none.
 *
 * @param scope sees everybody's
 */
export async function scopeOver(
  { caller, hasSupportCase }: Pick<RequestContext, 'caller' | 'hasSupportCase'>,
  personId: string,
  scope: string,
): Promise<string | null> {
  if (hasScope(caller, scope)) return scope;
  if (!hasSupportCase || !hasScope(caller, SUPPORT)) return null;
  return (await hasSupportCase(personId)) ? SUPPORT : null;
}

const caseChanged = z.object({
  ticketId: z.string(),
  customerId: z.string(),
  version: z.int(),
  resolvedAt: z.iso.datetime().nullable(),
});

/** Keeps the latest version of each case, in whatever order its events arrive. */
export const SUPPORT_CASE_HANDLERS = {
  'support.case-changed': async ({ payload }: { payload: unknown }, tx: SqlTransaction) => {
    const { ticketId, customerId, version, resolvedAt } = caseChanged.parse(payload);
    await tx.$executeRaw`
      INSERT INTO support_cases AS known (ticket_id, customer_id, version, resolved_at)
      VALUES (${ticketId}, ${customerId}, ${version}::int, ${resolvedAt}::timestamptz)
      ON CONFLICT (ticket_id) DO UPDATE SET version = excluded.version, resolved_at = excluded.resolved_at
      WHERE known.version < excluded.version`;
  },
} as EventHandlers;

/** Deletes the cases of somebody whose account is erased. */
export async function eraseCases(userId: string, tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`DELETE FROM support_cases WHERE customer_id = ${userId}`;
}
