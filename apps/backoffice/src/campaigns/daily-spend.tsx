import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, Stack } from '@marquee/app-kit/ui';

import { Chart } from '../charts/chart.tsx';
import { digitsOf } from '../forms/amount.ts';
import type { CampaignReportQuery, CampaignTermsQuery } from '../generated/graphql.ts';
import { campaignTexts } from './texts.ts';

export interface DailySpendProps {
  readonly days: NonNullable<CampaignReportQuery['campaign']>['dailySpend'];
  /** The same days with what came of them. */
  readonly more: NonNullable<CampaignTermsQuery['campaign']>['dailySpend'];
}

/** Spend of a campaign on each day, with its impressions and clicks. */
export function DailySpend({ days, more }: DailySpendProps) {
  const t = useTexts(campaignTexts);
  const { money, number, percent, day } = useFormats();
  if (days.length === 0) return <Empty>{t('notSeen')}</Empty>;
  const currency = days[0]?.spent.currency ?? 'EUR';
  const byDate = new Map(more.map((each) => [each.date, each]));
  const rows = days.map(({ date, spent }) => ({
    date,
    spent: spent.amount,
    impressions: byDate.get(date)?.impressions ?? 0,
    clicks: byDate.get(date)?.clicks ?? 0,
  }));
  return (
    <Stack>
      <h2>{t('dailySpend')}</h2>
      <Chart
        label={t('dailySpend')}
        head={t('day')}
        rows={rows}
        keyOf={({ date }) => date}
        labelOf={({ date }) => day(date)}
        tick={(value) => number(value / 10 ** digitsOf(currency), digitsOf(currency))}
        series={[
          {
            ...{ id: 'spent', text: t('spent'), kind: 'bar', colour: 'first' },
            value: ({ spent }) => spent,
            write: (amount) => money({ amount, currency }),
          },
          {
            ...{ id: 'clicks', text: t('clicks'), kind: 'line', colour: 'second', isAtEnd: true },
            value: ({ clicks }) => clicks,
            write: (value) => number(value),
          },
        ]}
        columns={[
          { head: t('impressions'), cell: ({ impressions }) => number(impressions), isNumber: true },
          {
            head: t('rate'),
            cell: ({ clicks, impressions }) => percent(impressions === 0 ? 0 : (clicks / impressions) * 100),
            isNumber: true,
          },
        ]}
      />
    </Stack>
  );
}
