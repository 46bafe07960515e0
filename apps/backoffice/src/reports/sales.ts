import type { NamedSalesReportQuery, ReportGroup } from '../generated/graphql.ts';

export type SalesRow = NonNullable<NamedSalesReportQuery['salesReport']>['rows'][number];

/** The name of what a row counts; its key, such as a day, where it has none. */
export const nameOf = ({ key, title, venue, city }: SalesRow): string => (title ?? venue ?? city)?.name ?? key;

/** Sums of the rows in one currency. */
export interface SalesTotals {
  readonly ticketsSold: number;
  readonly gross: number;
  readonly refunds: number;
}

/** The currencies of a report, the one with most tickets first. */
export function currenciesOf(rows: readonly SalesRow[]): readonly string[] {
  const tickets = new Map<string, number>();
  for (const { gross, ticketsSold } of rows)
    tickets.set(gross.currency, (tickets.get(gross.currency) ?? 0) + ticketsSold);
  return [...tickets].toSorted(([, one], [, other]) => other - one).map(([currency]) => currency);
}

export function totalsOf(rows: readonly SalesRow[]): SalesTotals {
  return rows.reduce(
    (sum, row) => ({
      ticketsSold: sum.ticketsSold + row.ticketsSold,
      gross: sum.gross + row.gross.amount,
      refunds: sum.refunds + row.refunds.amount,
    }),
    { ticketsSold: 0, gross: 0, refunds: 0 },
  );
}

/** Days in their order, all else with the most sales first. */
export function ordered(rows: readonly SalesRow[], group: ReportGroup): readonly SalesRow[] {
  return group === 'DAY' ? rows : rows.toSorted((one, other) => other.gross.amount - one.gross.amount);
}

const DAY_MS = 86_400_000;

/** A calendar day some days from today, in the clocks of this browser. */
export function dayFromToday(days: number, now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000 + days * DAY_MS);
  return local.toISOString().slice(0, 10);
}
