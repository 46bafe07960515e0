import { skipToken, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, Notice, ProblemNotice, Select, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Chart } from '../charts/chart.tsx';
import { Filters } from '../forms/grid.tsx';
import { CityFilter } from './city-filter.tsx';
import { EventFunnelDocument } from '../generated/graphql.ts';
import { FunnelSteps } from './funnel-steps.tsx';
import { stepName, withShares } from './funnel.ts';
import { ReportPage } from './report-page.tsx';
import { dayFromToday } from './sales.ts';
import { reportTexts } from './texts.ts';

const PERIODS = ['1', '7', '30', '90'] as const;

/** How many visitors go how far on the way to their tickets. */
export function Component() {
  const t = useTexts(reportTexts);
  const { number, percent } = useFormats();
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30');
  const [cityId, setCityId] = useState('');
  const [steps, setSteps] = useState<readonly string[]>(['title_view', 'seat_map_view', 'checkout_start']);
  const isValid = steps.length > 0 && steps.length <= 10 && steps.every((step) => /^[a-z0-9_]{1,64}$/.test(step));
  const { data, error, loading, refetch } = useQuery(
    EventFunnelDocument,
    isValid
      ? {
          variables: {
            from: `${dayFromToday(-Number(days))}T00:00:00Z`,
            to: `${dayFromToday(1)}T00:00:00Z`,
            steps,
            cityId: cityId || null,
          },
        }
      : skipToken,
  );
  const taken = data?.eventFunnel && withShares(data.eventFunnel.steps);
  return (
    <ReportPage title="funnel">
      <Filters label={t('filters')}>
        <Select
          label={t('period')}
          value={days}
          choices={PERIODS.map((id) => ({ id, text: t('lastDays', { count: Number(id) }) }))}
          onChange={setDays}
        />
        <CityFilter cityId={cityId} onChange={setCityId} />
      </Filters>
      <FunnelSteps steps={steps} onChange={setSteps} />
      {!isValid && <Notice tone="warning">{t('badStep')}</Notice>}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !taken && <Skeleton label={t('loading')} />}
      {data && !taken && !error && <Notice tone="warning">{t('noAccess')}</Notice>}
      {taken && taken[0]?.visitors === 0 && <Empty>{t('noVisitors')}</Empty>}
      {taken && taken[0]?.visitors !== 0 && (
        <Chart
          label={t('funnelChart')}
          head={t('steps')}
          rows={taken}
          keyOf={({ key }) => key}
          labelOf={({ name }) => stepName(t, name)}
          isHorizontal
          tick={(value) => number(value)}
          series={[
            {
              ...{ id: 'visitors', text: t('visitors'), kind: 'bar', colour: 'first', write: (value) => number(value) },
              value: ({ visitors }) => visitors,
            },
          ]}
          columns={[
            { head: t('conversion'), cell: ({ conversionPercent }) => percent(conversionPercent), isNumber: true },
            { head: t('fromBefore'), cell: ({ fromBefore }) => percent(fromBefore), isNumber: true },
          ]}
        />
      )}
    </ReportPage>
  );
}
