import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, Table } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import type { VenueDayQuery } from '../generated/graphql.ts';
import { soldPercent } from '../schedule/week.ts';
import type { LiveState } from './live.ts';
import { salesTexts } from './texts.ts';

export interface ShowsTableProps {
  readonly shows: readonly NonNullable<VenueDayQuery['venue']>['shows']['edges'][number]['node'][];
  readonly live: LiveState;
  readonly timeZone: string;
}

/** The shows of a day with their latest figures. */
export function ShowsTable({ shows, live, timeZone }: ShowsTableProps) {
  const t = useTexts(salesTexts);
  const formats = useFormats();
  if (shows.length === 0) return <Empty>{t('noShows')}</Empty>;
  const rows = shows.map((show) => {
    const total = show.availability?.total ?? 0;
    const sale = live.shows.get(show.id);
    return { ...show, total, sold: sale?.ticketsSold ?? show.availability?.sold ?? 0, revenue: sale?.revenue };
  });
  return (
    <Table
      label={t('title')}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t('show'),
          cell: ({ id, startsAt, title }) => (
            <Link to={`/schedule/shows/${id}`}>
              {formats.time(startsAt, 'time', timeZone)} {title.name}
            </Link>
          ),
        },
        { head: t('sold'), cell: ({ sold, total }) => t('of', { sold, total }), isNumber: true },
        { head: t('share'), cell: (row) => formats.percent(soldPercent(row)), isNumber: true },
        { head: t('revenueShort'), cell: ({ revenue }) => (revenue ? formats.money(revenue) : '–'), isNumber: true },
      ]}
    />
  );
}
