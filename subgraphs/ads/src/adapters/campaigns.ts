import { sql, type SqlTransaction } from '@marquee/database';
import { audited, outboxInsert } from '@marquee/events';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Campaign, CampaignDay, CampaignState } from '../domain/campaign.ts';
import type { CampaignPage, Campaigns, NewCampaign } from '../domain/ports.ts';
import { CAMPAIGN_COLUMNS, campaignInsert, type CampaignRow, toCampaign } from './campaign-row.ts';

/** Campaigns. Each change of people's is in the audit log, in the statement that makes it. */
export class CampaignRepository implements Campaigns {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  async find(id: string): Promise<Campaign | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#sql.$queryRaw<CampaignRow[]>`SELECT ${CAMPAIGN_COLUMNS} FROM campaigns WHERE id = ${id}`;
    return row ? toCampaign(row) : null;
  }

  async page({ limit, after, organisationIds }: CampaignPage): Promise<Campaign[]> {
    const rows = await this.#sql.$queryRaw<CampaignRow[]>`
      SELECT ${CAMPAIGN_COLUMNS} FROM campaigns WHERE organisation_id = ANY (${[...organisationIds]}::text[])
        AND (${after === null} OR (created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}))
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(toCampaign);
  }

  async add(campaign: NewCampaign): Promise<Campaign | null> {
    const { id, createdBy, organisationId } = campaign;
    const action = { ...onCampaign(id, createdBy), action: 'campaign.created', detail: organisationId };
    const [row] = await this.#sql.$queryRaw<CampaignRow[]>`
      WITH campaigns AS (${campaignInsert(campaign)} RETURNING *),
        logged AS (${outboxInsert([audited('ads', action)], sql`campaigns`)})
      SELECT ${CAMPAIGN_COLUMNS} FROM campaigns`;
    return row ? toCampaign(row) : null;
  }

  async setState({ id, state: from }: Campaign, state: CampaignState, by: string): Promise<Campaign | null> {
    const action = { ...onCampaign(id, by), action: 'campaign.status-set', detail: state };
    const [row] = await this.#sql.$queryRaw<CampaignRow[]>`
      WITH campaigns AS (
        UPDATE campaigns SET state = ${state}::campaign_state WHERE id = ${id} AND state = ${from}::campaign_state RETURNING *
      ), logged AS (${outboxInsert([audited('ads', action)], sql`campaigns`)})
      SELECT ${CAMPAIGN_COLUMNS} FROM campaigns`;
    return row ? toCampaign(row) : null;
  }

  /** The days of campaigns, the first first. */
  async daysOf(campaignIds: readonly string[]): Promise<CampaignDay[]> {
    const rows = await this.#sql.$queryRaw<
      (CampaignDay & { spentMilli: bigint; impressions: bigint; clicks: bigint })[]
    >`
      SELECT campaign_id AS "campaignId", day::text AS date, spent_milli AS "spentMilli", impressions, clicks
      FROM campaign_days WHERE campaign_id = ANY (${[...campaignIds]}::text[]) ORDER BY day`;
    return rows.map(({ campaignId, date, spentMilli, impressions, clicks }) => ({
      ...{ campaignId, date, spentMilli: Number(spentMilli) },
      ...{ impressions: Number(impressions), clicks: Number(clicks) },
    }));
  }
}

/** The entry of the audit log about a campaign. */
const onCampaign = (subjectId: string, actorId: string) => ({ actorId, subjectType: 'Campaign', subjectId });
