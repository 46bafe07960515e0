import { badInput } from '@marquee/errors';

import type { Sales } from '../domain/ports.ts';
import type { SalesQuery, SalesRow } from '../domain/sales.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_DAYS = 366;

export interface ReportSalesDeps {
  readonly sales: Sales;
}

/**
 * Reports the sales of shows.
 *
 * @throws {CodedError} BAD_USER_INPUT for a period that ends before it begins, exceeds a year, or starts before the year 1
 */
export async function reportSales(deps: ReportSalesDeps, query: SalesQuery): Promise<readonly SalesRow[]> {
  const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY_MS;
  if (Number.isNaN(days)) throw badInput('from', 'Enter valid dates.');
  if (query.from.startsWith('0000')) throw badInput('from', 'Enter a year from 1 on.');
  if (days < 0) throw badInput('to', 'The last day must not be before the first.');
  if (days > MAX_DAYS) throw badInput('to', `Choose at most ${MAX_DAYS} days.`);
  return deps.sales.report(query);
}
