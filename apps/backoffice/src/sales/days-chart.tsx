import { useFormats, useTexts } from '@marquee/app-kit/text';

import { Chart } from '../charts/chart.tsx';
import { digitsOf } from '../forms/amount.ts';
import type { SalesReportQuery } from '../generated/graphql.ts';
import { addDays } from '../time/dates.ts';
import { salesTexts } from './texts.ts';

export interface DaysChartProps {
  readonly rows: NonNullable<SalesReportQuery['salesReport']>['rows'];
  readonly from: string;
  readonly days: number;
  readonly currency: string;
}

/** Revenue and tickets of the coming days, days without any too. */
export function DaysChart({ rows, from, days, currency }: DaysChartProps) {
  const t = useTexts(salesTexts);
  const formats = useFormats();
  const byDay = new Map(rows.map((row) => [row.key, row]));
  const unit = 10 ** digitsOf(currency);
  const all = Array.from({ length: days }, (_, index) => {
    const day = addDays(from, index);
    const row = byDay.get(day);
    return { day, tickets: row?.ticketsSold ?? 0, revenue: row ? row.gross.amount - row.refunds.amount : 0 };
  });
  return (
    <Chart
      label={t('byDay')}
      head={t('dayHead')}
      rows={all}
      keyOf={({ day }) => day}
      labelOf={({ day }) => formats.day(day)}
      tick={(value) => formats.number(value / unit)}
      series={[
        {
          id: 'revenue',
          text: t('revenueShort'),
          kind: 'bar',
          colour: 'first',
          value: ({ revenue }) => revenue,
          write: (amount) => formats.money({ amount, currency }),
        },
        {
          id: 'tickets',
          text: t('ticketsShort'),
          kind: 'line',
          colour: 'second',
          value: ({ tickets }) => tickets,
          write: (tickets) => formats.number(tickets),
          isAtEnd: true,
        },
      ]}
    />
  );
}
