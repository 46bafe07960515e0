import { type Sql, sql, type SqlDatabase } from '@marquee/database';
import { audited, outboxInsert } from '@marquee/events';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import { type CaseDecision, mayDecide, type RiskCase, type RiskCaseStatus, STATUS_OF } from '../../domain/risk/case.ts';
import { blocked, NO_LEVEL } from '../../domain/risk/level.ts';
import type { RiskCases } from '../../domain/risk/ports.ts';
import { riskChanged, suspectInsert } from './people.ts';

/** For so long, what was cleared counts nothing. */
const CLEARED_DAYS = 30;

const COLUMNS = sql`id, user_id AS "userId", booking_id AS "bookingId", status::text, score, reasons,
  detected_at AS "detectedAt", decided_at AS "decidedAt", note, version`;

/** Cases of risk, and what people decide about them. */
export class RiskCaseRepository implements RiskCases {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  async find(caseId: string): Promise<RiskCase | null> {
    if (!isPossibleId(caseId)) return null;
    const [found] = await this.#read(sql`WHERE id = ${caseId}`);
    return found ?? null;
  }

  /** Cases, the latest first, up to `limit + 1`. */
  list({ limit, after }: LatestPage, statuses: readonly RiskCaseStatus[]): Promise<RiskCase[]> {
    const start = after ? sql`AND (detected_at, id) < (${after.createdAt}::timestamptz, ${after.id})` : sql``;
    return this.#read(sql`WHERE status::text = ANY (${[...statuses]}::text[]) ${start}
      ORDER BY detected_at DESC, id DESC LIMIT ${limit + 1}`);
  }

  /** Cases that were opened after one, the oldest first. */
  openedSince(version: number, limit: number): Promise<RiskCase[]> {
    return this.#read(sql`WHERE version > ${version}::int ORDER BY version LIMIT ${limit}`);
  }

  /** The number of the last case. */
  async latestVersion(): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ version: number }[]>`SELECT version FROM risk_queue`;
    return row?.version ?? 0;
  }

  async countOpen(): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM risk_cases WHERE status = 'OPEN'`;
    return row?.open ?? 0;
  }

  /**
   * Decides a case, changes the person's level and tells others, all or nothing. The person's lock comes first, as when
   * they are scored: so no score falls between.
   */
  decide(decision: CaseDecision): Promise<RiskCase | null> {
    return this.#client.$sqlTransaction(async (tx) => {
      const [person] = await tx.$queryRaw<{ userId: string; version: number }[]>`
        SELECT user_id AS "userId", version FROM risk_people
        WHERE user_id = (SELECT user_id FROM risk_cases WHERE id = ${decision.caseId}) FOR UPDATE`;
      const [found] = await tx.$queryRaw<RiskCase[]>`SELECT ${COLUMNS} FROM risk_cases WHERE id = ${decision.caseId}`;
      if (!person || !found || !mayDecide(found, decision.decision)) return null;
      const [decided] = await tx.$queryRaw<RiskCase[]>(decisionStatement(decision, found, person.version + 1));
      return decided ?? null;
    });
  }

  async #read(rest: Sql): Promise<RiskCase[]> {
    return this.#client.$queryRaw<RiskCase[]>`SELECT ${COLUMNS} FROM risk_cases ${rest}`;
  }
}

/** The features of a case that is cleared are what counts nothing for a while. */
function decisionStatement(
  { caseId, analystId, decision, note }: CaseDecision,
  before: RiskCase,
  version: number,
): Sql {
  const standing = decision === 'BLOCK' ? blocked(before.reasons) : NO_LEVEL;
  const action = { actorId: analystId, action: 'risk-case.decided', subjectType: 'RiskCase', subjectId: caseId };
  const events = [
    riskChanged(before.userId, version, standing),
    audited('activity', { ...action, detail: `${before.status} to ${STATUS_OF[decision]}` }),
  ];
  const isCleared = decision === 'CLEAR';
  return sql`
    WITH decided AS (
      UPDATE risk_cases SET status = ${STATUS_OF[decision]}::risk_case_status, decided_at = now(),
        decided_by = ${analystId}, note = ${note}
      WHERE id = ${caseId} RETURNING *
    ), stands AS (
      UPDATE risk_people AS person SET version = ${version}::int, level = ${standing.level}::risk_level,
        reasons = ${[...standing.reasons]}::text[], until = NULL,
        cleared = CASE WHEN ${isCleared} THEN decided.features END,
        cleared_until = CASE WHEN ${isCleared} THEN now() + make_interval(days => ${CLEARED_DAYS}::int) END
      FROM decided WHERE person.user_id = decided.user_id RETURNING person.*
    ), trusted AS (
      DELETE FROM suspects WHERE actor_id IN (SELECT user_id FROM decided WHERE ${isCleared})
    ), suspected AS (${suspectInsert(sql`stands`)}), logged AS (${outboxInsert(events, sql`decided`)})
    SELECT ${COLUMNS} FROM decided`;
}
