import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Figures, Notice, ProblemNotice, Select, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Chart } from '../charts/chart.tsx';
import { Filters } from '../forms/grid.tsx';
import { LiveTrafficDocument } from '../generated/graphql.ts';
import { ReportPage } from './report-page.tsx';
import { reportTexts } from './texts.ts';

const SPANS = ['15', '60', '180'] as const;
const EVERY_MS = 15_000;

/** The traffic of the last minutes, read again as they pass. */
export function Component() {
  const t = useTexts(reportTexts);
  const { number, time } = useFormats();
  const [span, setSpan] = useState<(typeof SPANS)[number]>('60');
  const { data, error, loading, refetch } = useQuery(LiveTrafficDocument, {
    variables: { minutes: Number(span) },
    pollInterval: EVERY_MS,
    skipPollAttempt: () => document.hidden,
    fetchPolicy: 'cache-and-network',
  });
  const minutes = data?.liveTraffic;
  const sumOf = (field: 'visitors' | 'bookings' | 'suspicious'): number =>
    (minutes ?? []).reduce((sum, minute) => sum + minute[field], 0);
  const write = (value: number): string => number(value);
  return (
    <ReportPage title="traffic">
      <Filters label={t('filters')}>
        <Select
          label={t('show')}
          value={span}
          choices={SPANS.map((id) => ({ id, text: t('lastMinutes', { count: Number(id) }) }))}
          onChange={setSpan}
        />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !minutes && <Skeleton label={t('loading')} />}
      {data && !minutes && !error && <Notice tone="warning">{t('noAccess')}</Notice>}
      {minutes && (
        <>
          <Figures
            figures={[
              { label: t('now'), value: write(minutes.at(-1)?.visitors ?? 0) },
              { label: t('perMinute'), value: number(sumOf('visitors') / Math.max(1, minutes.length), 1) },
              { label: t('bookings'), value: write(sumOf('bookings')) },
              { label: t('suspicious'), value: write(sumOf('suspicious')) },
            ]}
          />
          <Chart
            label={t('trafficChart')}
            head={t('minute')}
            rows={minutes}
            keyOf={({ minute }) => minute}
            labelOf={({ minute }) => time(minute, 'time')}
            tick={write}
            series={[
              {
                ...{ id: 'visitors', text: t('visitors'), kind: 'area', colour: 'first', write },
                value: ({ visitors }) => visitors,
              },
              {
                ...{ id: 'bookings', text: t('bookings'), kind: 'line', colour: 'third', write },
                value: ({ bookings }) => bookings,
              },
              {
                ...{ id: 'suspicious', text: t('suspicious'), kind: 'line', colour: 'second', write },
                value: ({ suspicious }) => suspicious,
              },
            ]}
          />
          <Soft isSmall>{t('updated')}</Soft>
        </>
      )}
    </ReportPage>
  );
}
