import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Card, Figures, Page, ProblemNotice, Skeleton, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Filters } from '../forms/grid.tsx';
import { SalesReportDocument, VenueDayDocument } from '../generated/graphql.ts';
import { soldPercent } from '../schedule/week.ts';
import { addDays } from '../time/dates.ts';
import { useToday } from '../time/use-today.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { VenueGate, VenueSelect } from '../venues/venue-gate.tsx';
import { DaysChart } from './days-chart.tsx';
import { LatestSales } from './latest-sales.tsx';
import { salesTexts } from './texts.ts';
import { ShowsTable } from './shows-table.tsx';
import { useLiveSales } from './use-live-sales.ts';

const DAYS = 14;

export function Component() {
  const t = useTexts(salesTexts);
  return (
    <Page title={t('title')} actions={<Badge tone="good">● {t('live')}</Badge>}>
      <VenueGate>{(venue) => <Sales key={venue.id} venue={venue} />}</VenueGate>
    </Page>
  );
}

function Sales({ venue }: { readonly venue: MyVenue }) {
  const t = useTexts(salesTexts);
  const formats = useFormats();
  const { timeZone, currency } = venue.city;
  const today = useToday(timeZone);
  const [day, setDay] = useState(today);
  const date = day || today;
  const shown = useQuery(VenueDayDocument, { variables: { venueId: venue.id, date } });
  const report = useQuery(SalesReportDocument, {
    variables: { venueId: venue.id, from: date, to: addDays(date, DAYS - 1), groupBy: 'DAY' },
    fetchPolicy: 'cache-and-network',
  });
  const shows = shown.data?.venue?.shows.edges.map(({ node }) => node) ?? [];
  const rows = report.data?.salesReport?.rows ?? [];
  const live = useLiveSales(venue.id, {
    soldOf: (showId) => shows.find(({ id }) => id === showId)?.availability?.sold,
    onChange: (isGap) => {
      void report.refetch();
      if (isGap) void shown.refetch();
    },
  });
  const sold = shows.map(({ id, availability }) => ({
    sold: live.shows.get(id)?.ticketsSold ?? availability?.sold ?? 0,
    total: availability?.total ?? 0,
  }));
  const total = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const all = {
    sold: sold.reduce((sum, each) => sum + each.sold, 0),
    total: sold.reduce((sum, each) => sum + each.total, 0),
  };
  return (
    <>
      <Filters label={t('title')}>
        <VenueSelect />
        <TextField label={t('day')} type="date" value={day} onChange={setDay} />
      </Filters>
      {(shown.error ?? report.error) && (
        <ProblemNotice
          error={shown.error ?? report.error}
          onRetry={() => {
            void shown.refetch();
            void report.refetch();
          }}
        />
      )}
      <Figures
        figures={[
          {
            label: t('revenue', { days: DAYS }),
            value: formats.money({ amount: total(({ gross, refunds }) => gross.amount - refunds.amount), currency }),
          },
          { label: t('tickets', { days: DAYS }), value: formats.number(total(({ ticketsSold }) => ticketsSold)) },
          { label: t('occupancy'), value: formats.percent(soldPercent(all)), note: t('of', all) },
        ]}
      />
      <Card>
        <h2>{t('byDay')}</h2>
        {report.loading && rows.length === 0 ? (
          <Skeleton label={t('loading')} />
        ) : (
          <DaysChart rows={rows} from={date} days={DAYS} currency={currency} />
        )}
      </Card>
      <LatestSales live={live} timeZone={timeZone} />
      <Card>
        <h2>{t('shows', { day: formats.day(date) })}</h2>
        {shown.loading && !shown.data ? (
          <Skeleton label={t('loading')} />
        ) : (
          <ShowsTable shows={shows} live={live} timeZone={timeZone} />
        )}
      </Card>
    </>
  );
}
