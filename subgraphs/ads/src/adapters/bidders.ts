import type { SqlTransaction } from '@marquee/database';

import { valueOf } from '../domain/auction.ts';
import { centsPerMinorUnit, type EuroRates } from '../domain/euro-rates.ts';
import type { Bidders, ReadyBidder } from '../domain/ports.ts';

interface Row extends Omit<ReadyBidder, 'bid' | 'cents'> {
  readonly bid: bigint;
  readonly currency: string;
}

/** How old what is kept may be. A reservation judges the campaign as it is, so what is old costs a place at most. */
const MAX_AGE_MS = 1_000;

export interface BiddersOptions {
  readonly rates: EuroRates;
  readonly now: () => Date;
  readonly random: () => number;
}

/** Campaigns that may bid, kept for a second. */
export class BidderRepository implements Bidders {
  readonly #sql: SqlTransaction;
  readonly #options: BiddersOptions;
  #kept: { readonly until: number; readonly byCity: Promise<BiddersByCity> } | undefined;

  constructor(client: SqlTransaction, options: BiddersOptions) {
    this.#sql = client;
    this.#options = options;
  }

  async of(cityId: string): Promise<readonly ReadyBidder[]> {
    const at = this.#options.now().getTime();
    if (this.#kept === undefined || this.#kept.until <= at) {
      const byCity = this.#read();
      byCity.catch(() => this.forget());
      this.#kept = { until: at + MAX_AGE_MS, byCity };
    }
    return (await this.#kept.byCity).of(cityId);
  }

  forget(): void {
    this.#kept = undefined;
  }

  async #read(): Promise<BiddersByCity> {
    const { rates, random } = this.#options;
    const rows = await this.#sql.$queryRaw<Row[]>`
      SELECT id AS "campaignId", organisation_id AS "organisationId", bid_per_thousand AS bid, currency,
        city_ids AS "cityIds", pace, headline, image_url AS "imageUrl", title_id AS "titleId"
      FROM campaigns
      WHERE state = 'ACTIVE' AND starts_at <= now() AND ends_at > now()
        AND reserved_milli + spent_milli + bid_per_thousand <= budget * 1000
        AND (daily_cap IS NULL OR day < (now() AT TIME ZONE time_zone)::date
          OR day_milli + bid_per_thousand <= daily_cap * 1000)`;
    const ready = rows.flatMap(({ bid, currency, ...row }) => {
      const cents = centsPerMinorUnit(currency, rates);
      return cents === null ? [] : [{ order: random(), bidder: { ...row, bid: Number(bid), cents } }];
    });
    // Of equal bids, now the one is first and now the other.
    ready.sort((one, other) => valueOf(other.bidder) - valueOf(one.bidder) || one.order - other.order);
    return new BiddersByCity(ready.map(({ bidder }) => bidder));
  }
}

class BiddersByCity {
  readonly #all: readonly ReadyBidder[];
  readonly #ofCity = new Map<string, readonly ReadyBidder[]>();
  /** Cities that are targeted at all: others share one list. */
  readonly #targeted: ReadonlySet<string>;

  constructor(all: readonly ReadyBidder[]) {
    this.#all = all;
    this.#targeted = new Set(all.flatMap(({ cityIds }) => cityIds));
  }

  of(cityId: string): readonly ReadyBidder[] {
    const key = this.#targeted.has(cityId) ? cityId : '';
    const known = this.#ofCity.get(key);
    if (known) return known;
    const found = this.#all.filter(({ cityIds }) => cityIds.length === 0 || cityIds.includes(key));
    this.#ofCity.set(key, found);
    return found;
  }
}
