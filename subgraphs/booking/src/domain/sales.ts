import type { Money } from '@marquee/money';

export type ReportGroup = 'DAY' | 'TITLE' | 'VENUE' | 'CITY';

/** The shows that a report covers; days are counted in the venue's time zone. */
export interface SalesQuery {
  readonly from: string;
  readonly to: string;
  readonly groupBy: ReportGroup;
  /** Only this venue; all when null. */
  readonly venueId: string | null;
  /** Only venues of these organisations; all when null. */
  readonly organisationIds: readonly string[] | null;
}

/** Sales of one group of shows in one currency. */
export interface SalesRow {
  readonly key: string;
  readonly ticketsSold: number;
  readonly gross: Money;
  readonly refunds: Money;
  /** 0 to 100. */
  readonly occupancyPercent: number;
}
