import type { SqlTransaction } from '@marquee/database';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The data about people that risk is made of. */
export class HeldRiskData {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Readonly<Record<string, Rows>>> {
    const [riskLevel, riskFacts, riskLinks, riskScores, riskCases, clickPace, decidedRiskCases] = await Promise.all([
      this.#sql.$queryRaw<Rows>`
        SELECT level::text, reasons, until FROM risk_people WHERE user_id = ${userId} AND level <> 'NONE'`,
      this.#sql.$queryRaw<Rows>`
        SELECT kind, at, show_id AS "showId", booking_id AS "bookingId", seats FROM risk_signals
        WHERE user_id = ${userId} ORDER BY at`,
      this.#sql.$queryRaw<Rows>`
        SELECT kind, first_at AS "firstAt", last_at AS "lastAt" FROM risk_links WHERE user_id = ${userId} ORDER BY 2`,
      this.#sql.$queryRaw<Rows>`
        SELECT scored_at AS "scoredAt", score, reasons, features FROM risk_scores WHERE user_id = ${userId} ORDER BY 1`,
      this.#sql.$queryRaw<Rows>`
        SELECT detected_at AS "detectedAt", status::text, reasons, decided_at AS "decidedAt", note FROM risk_cases
        WHERE user_id = ${userId} ORDER BY 1`,
      this.#sql.$queryRaw<Rows>`
        SELECT hour, clicks, gaps, gap_sum AS "pausesMs", fast FROM risk_clicks WHERE actor_id = ${userId} ORDER BY 1`,
      this.#sql.$queryRaw<Rows>`
        SELECT id, status::text, decided_at AS "decidedAt" FROM risk_cases WHERE decided_by = ${userId} ORDER BY 3`,
    ]);
    return { riskLevel, riskFacts, riskLinks, riskScores, riskCases, clickPace, decidedRiskCases };
  }

  /**
   * Deletes a person's facts, scores and cases; of decisions that they took, who took them. Their row goes first: that waits
   * for a score that is under way.
   */
  async erase(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM risk_people WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM risk_due WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM risk_signals WHERE user_id = ${userId} OR subject = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM risk_links WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM risk_scores WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM risk_cases WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`DELETE FROM risk_clicks WHERE actor_id = ${userId}`;
    await this.#sql.$executeRaw`UPDATE risk_cases SET decided_by = NULL WHERE decided_by = ${userId}`;
  }
}
