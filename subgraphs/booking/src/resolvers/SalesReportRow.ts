import type { ReportGroup, SalesRow } from '../domain/sales.ts';
import type { SalesReportRowResolvers } from '../generated/resolvers.ts';

export interface SalesReportRowParent extends SalesRow {
  readonly groupBy: ReportGroup;
}

/** The title, venue or city that the shows of a row have in common. */
const common =
  (group: ReportGroup) =>
  ({ groupBy, key }: SalesReportRowParent) =>
    groupBy === group ? { id: key } : null;

export const SalesReportRow: SalesReportRowResolvers = {
  title: common('TITLE'),
  venue: common('VENUE'),
  city: common('CITY'),
};
