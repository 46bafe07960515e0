import { badInput } from '@marquee/errors';

import type { Money } from '../domain/money.ts';

export type ReportGroup = 'DAY' | 'TITLE' | 'VENUE' | 'CITY';

/** Which shows a report is about; days are the venue's. */
export interface SalesQuery {
  readonly from: string;
  readonly to: string;
  readonly groupBy: ReportGroup;
  readonly venueId: string | null;
  /** Only venues of this partner; null for all. */
  readonly ownerId: string | null;
}

/** What the shows of one group have sold in one currency. */
export interface SalesRow {
  readonly key: string;
  readonly ticketsSold: number;
  readonly gross: Money;
  readonly refunds: Money;
  /** 0 to 100. */
  readonly occupancyPercent: number;
}

export interface Sales {
  report(query: SalesQuery): Promise<readonly SalesRow[]>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_DAYS = 366;

/**
 * Reports what shows have sold.
 *
 * @throws {CodedError} BAD_USER_INPUT for a time that ends before it begins, is longer than a year, or before the year 1
 */
export async function reportSales(deps: { readonly sales: Sales }, query: SalesQuery): Promise<readonly SalesRow[]> {
  const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY_MS;
  if (Number.isNaN(days)) throw badInput('from', 'These are no days of the calendar.');
  if (query.from.startsWith('0000')) throw badInput('from', 'There is no year 0.');
  if (days < 0) throw badInput('to', 'The last day comes before the first.');
  if (days > MAX_DAYS) throw badInput('to', `A report covers at most ${MAX_DAYS} days.`);
  return deps.sales.report(query);
}
