import { assertPeriod } from '@marquee/subgraph';

import type { Sales } from '../domain/ports.ts';
import type { SalesQuery, SalesRow } from '../domain/sales.ts';

export interface ReportSalesDeps {
  readonly sales: Sales;
}

/**
 * Reports the sales of shows.
 *
 * @throws {CodedError} BAD_USER_INPUT as {@link assertPeriod} does
 */
export async function reportSales(deps: ReportSalesDeps, query: SalesQuery): Promise<readonly SalesRow[]> {
  assertPeriod(query);
  return deps.sales.report(query);
}
