import { type Sql, sql, type SqlTransaction } from '@marquee/database';

const AT_ONCE = 500;
const IS_DUE: Sql = sql`spent_milli / 1000 > settled`;
/** As the event's instants are written. */
const instant = (column: Sql): Sql => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Spend that payments is told of. */
export class SettlementRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /**
   * Settles what campaigns have spent since the last time, in whole minor units; what is left is part of the next time.
   * Settlement and event are one statement, which another process leaves out.
   */
  async settle(): Promise<void> {
    while ((await this.#settleSome()) === AT_ONCE);
  }

  #settleSome(): PromiseLike<number> {
    return this.#sql.$executeRaw`
      WITH due AS (
        SELECT id AS campaign_id, spent_milli / 1000 - settled AS amount, impressions - settled_impressions AS seen,
          coalesce(settled_until, created_at) AS since
        FROM campaigns WHERE ${IS_DUE} ORDER BY id LIMIT ${AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED
      ), told AS (
        UPDATE campaigns SET settled = settled + amount, settled_impressions = settled_impressions + seen, settled_until = now()
        FROM due WHERE campaigns.id = campaign_id
        RETURNING campaigns.id AS campaign_id, organisation_id, amount, currency, seen, since
      ), kept AS (
        INSERT INTO settlements (id, campaign_id, organisation_id, amount, currency, impressions, from_at, to_at)
        SELECT 'stl_' || replace(gen_random_uuid()::text, '-', ''), campaign_id, organisation_id, amount, currency, seen, since,
          now() FROM told RETURNING *
      )
      INSERT INTO outbox_events (id, type, key, payload)
      SELECT gen_random_uuid(), 'ads.spend-settled', campaign_id, jsonb_build_object('settlementId', id,
        'campaignId', campaign_id, 'organisationId', organisation_id, 'impressions', impressions,
        'amount', jsonb_build_object('amount', amount, 'currency', currency),
        'from', ${instant(sql`from_at`)}, 'to', ${instant(sql`to_at`)})
      FROM kept`;
  }

  /** The number of campaigns with spend that is to be settled. */
  async count(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<
      { due: number }[]
    >`SELECT count(*)::int AS due FROM campaigns WHERE ${IS_DUE}`;
    return row?.due ?? 0;
  }
}
