import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-ratings';
import { isPossibleId } from '@marquee/subgraph/ids';

import { MAX_REPORTS_A_DAY, REPORTS_TO_QUEUE, type ReviewReport } from '../domain/moderation.ts';
import type { NewReport, Reports } from '../domain/ports.ts';
import { assertFewToday } from './daily-limit.ts';

/** Reports shown of each review. */
const SHOWN = 50;

/** Reports of reviews: one a person and review, which counts again once its author changed what was decided on. */
export class ReportRepository implements Reports {
  readonly #client: SqlDatabase & SqlTransaction;
  readonly #rateLimits: boolean;

  /** @param rateLimits whether a person may report only so many a day */
  constructor(client: SqlDatabase & SqlTransaction, { rateLimits }: { readonly rateLimits: boolean }) {
    this.#client = client;
    this.#rateLimits = rateLimits;
  }

  add(report: NewReport): Promise<string> {
    return this.#client.$sqlTransaction(async (tx) => {
      // A moderator's reports are no flood.
      if (this.#rateLimits && !report.queues) await assertFew(tx, report);
      return addIn(tx, report);
    });
  }

  /** The open reports of each review, the latest first. */
  async openOf(reviewIds: readonly string[]): Promise<ReviewReport[]> {
    return this.#client.$queryRaw<ReviewReport[]>`
      SELECT open.* FROM unnest(${reviewIds.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT id, review_id AS "reviewId", reason::text, created_at AS "createdAt" FROM review_reports
        WHERE review_id = listed_id AND closed_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ${SHOWN}) AS open`;
  }
}

function assertFew(tx: SqlTransaction, { reporterId, at }: NewReport): Promise<void> {
  const written = Prisma.sql`
    SELECT count(*)::int AS count FROM review_reports
    WHERE reporter_id = ${reporterId} AND created_at > ${at}::timestamptz - interval '1 day'`;
  return assertFewToday(tx, { personId: reporterId, written, max: MAX_REPORTS_A_DAY, what: 'reports' });
}

async function addIn(tx: SqlTransaction, report: NewReport): Promise<string> {
  const { id, reviewId, reporterId, reason, queues, at } = report;
  await tx.$executeRaw`
    WITH reported AS (
      INSERT INTO review_reports AS known (id, review_id, reporter_id, reason, created_at, version)
      SELECT ${id}, id, ${reporterId}, ${reason}::"ReportReason", ${at}::timestamptz, version
      FROM reviews WHERE id = ${reviewId} FOR KEY SHARE
      ON CONFLICT (review_id, reporter_id) DO UPDATE SET reason = excluded.reason, created_at = excluded.created_at,
        version = excluded.version, closed_at = NULL
      WHERE known.closed_at IS NOT NULL AND known.version < excluded.version RETURNING review_id
    )
    UPDATE reviews SET open_reports = open_reports + 1,
      doubts = CASE WHEN ${queues} OR open_reports + 1 = ${REPORTS_TO_QUEUE}::int
        THEN array_append(array_remove(doubts, 'REPORTED'), 'REPORTED') ELSE doubts END,
      queued_at = CASE WHEN ${queues} OR open_reports + 1 >= ${REPORTS_TO_QUEUE}::int
        THEN coalesce(queued_at, ${at}::timestamptz) ELSE queued_at END
    FROM reported WHERE reviews.id = review_id`;
  const [kept] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM review_reports WHERE review_id = ${reviewId} AND reporter_id = ${reporterId}`;
  return kept?.id ?? id;
}
