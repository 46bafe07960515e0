import { skipToken, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Empty, Notice, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { NamedSalesReportDocument } from '../generated/graphql.ts';
import { ReportPage } from './report-page.tsx';
import { dayFromToday } from './sales.ts';
import { ALL_VENUES, EVERYWHERE, SalesFilters, type SalesFiltersValue } from './sales-filters.tsx';
import { SalesTable } from './sales-table.tsx';
import { reportTexts } from './texts.ts';

const DAYS_OF_A_YEAR = 366;

const isPeriod = ({ from, to }: SalesFiltersValue): boolean =>
  from !== '' && to !== '' && from <= to && Date.parse(to) - Date.parse(from) <= DAYS_OF_A_YEAR * 86_400_000;

/** Sales of shows, by day, title, venue or city. */
export function Component() {
  const t = useTexts(reportTexts);
  const { who, organisation } = useWho();
  const [filters, setFilters] = useState<SalesFiltersValue>({
    from: dayFromToday(-13),
    to: dayFromToday(7),
    groupBy: 'DAY',
    where: who && hasRole(who, ['ANALYST']) ? EVERYWHERE : ALL_VENUES,
  });
  const { from, to, groupBy, where } = filters;
  const isValid = isPeriod(filters);
  const { data, error, loading, refetch } = useQuery(
    NamedSalesReportDocument,
    isValid
      ? {
          variables: {
            ...{ from, to, groupBy },
            organisationId: where === EVERYWHERE ? null : (organisation?.id ?? null),
            venueId: where === EVERYWHERE || where === ALL_VENUES ? null : where,
          },
        }
      : skipToken,
  );
  const rows = data?.salesReport?.rows.filter(({ ticketsSold, refunds }) => ticketsSold > 0 || refunds.amount > 0);
  return (
    <ReportPage title="sales">
      <SalesFilters value={filters} onChange={setFilters} />
      {!isValid && <Notice tone="warning">{t('badPeriod')}</Notice>}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !rows && <Skeleton label={t('loading')} />}
      {data && !data.salesReport && !error && <Notice tone="warning">{t('noAccess')}</Notice>}
      {rows?.length === 0 && (
        <Empty>
          <p>{t('noSales')}</p>
          <p>{t('noSalesHint')}</p>
        </Empty>
      )}
      {rows && rows.length > 0 && <SalesTable key={groupBy} rows={rows} group={groupBy} period={`${from}–${to}`} />}
    </ReportPage>
  );
}
