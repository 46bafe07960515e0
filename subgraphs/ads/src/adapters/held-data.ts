import type { SqlTransaction } from '@marquee/database';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Everything that ads holds about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** The campaigns that they made at work, and those that they were shown in these days. */
  async of(userId: string): Promise<Record<string, Rows>> {
    const campaignsOfWork = await this.#sql.$queryRaw<Rows>`
      SELECT id, name, created_at AS "createdAt" FROM campaigns WHERE created_by = ${userId} ORDER BY created_at`;
    const adsShown = await this.#sql.$queryRaw<Rows>`
      SELECT headline, view.day::text, shown AS times FROM campaign_views AS view
      JOIN campaigns ON campaigns.id = campaign_id WHERE viewer_key = ${userId} ORDER BY view.day`;
    const adsToBeSeen = await this.#sql.$queryRaw<Rows>`
      SELECT headline, placed_at AS "placedAt" FROM placements JOIN campaigns ON campaigns.id = campaign_id
      WHERE status = 'RESERVED' AND viewer_key = ${userId} ORDER BY placed_at`;
    return { campaignsOfWork, adsShown, adsToBeSeen };
  }

  /** Forgets what they were shown. A campaign keeps who made it for the books, by the id alone. */
  async erase(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM campaign_views WHERE viewer_key = ${userId}`;
    await this.#sql.$executeRaw`
      UPDATE placements SET viewer_key = NULL WHERE status = 'RESERVED' AND viewer_key = ${userId}`;
  }
}
