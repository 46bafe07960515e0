import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Button,
  Card,
  Empty,
  Page,
  ProblemNotice,
  Select,
  ShowMore,
  Skeleton,
  Table,
  TextField,
  useDebounced,
} from '@marquee/app-kit/ui';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { useWho } from '../frame/who.tsx';
import { does } from '../frame/work.ts';
import { type BookingStatus, VenueBookingsDocument } from '../generated/graphql.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { VenueGate, VenueSelect } from '../venues/venue-gate.tsx';
import { BOOKING_STATUSES, BookingBadge } from './status.tsx';
import { bookingsTexts } from './texts.ts';

const PAGE = 30;

export function Component() {
  const t = useTexts(bookingsTexts);
  const { who } = useWho();
  const worksAtVenues = who !== undefined && does(who, 'BOOKINGS');
  return (
    <Page title={t('title')}>
      {worksAtVenues ? <VenueGate>{(venue) => <Bookings key={venue.id} venue={venue} />}</VenueGate> : <OpenById />}
    </Page>
  );
}

function Bookings({ venue }: { readonly venue: MyVenue }) {
  const t = useTexts(bookingsTexts);
  const formats = useFormats();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<BookingStatus | 'all'>('all');
  const wanted = useDebounced(search.trim());
  const { data, loading, error, refetch, fetchMore } = useQuery(VenueBookingsDocument, {
    variables: {
      ...{ venueId: venue.id, first: PAGE, after: null },
      ...{ search: wanted === '' ? null : wanted, status: status === 'all' ? null : [status] },
    },
    fetchPolicy: 'cache-and-network',
  });
  const bookings = data?.venue?.bookings;
  const rows = bookings?.edges.map(({ node }) => node) ?? [];
  const { timeZone } = venue.city;
  return (
    <>
      <Filters label={t('title')}>
        <VenueSelect />
        <TextField
          label={t('search')}
          type="search"
          value={search}
          onChange={setSearch}
          placeholder={t('searchHint')}
        />
        <Select
          label={t('status')}
          value={status}
          choices={[
            { id: 'all' as const, text: t('all') },
            ...BOOKING_STATUSES.map((id) => ({ id, text: t(`status_${id}`) })),
          ]}
          onChange={setStatus}
        />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !bookings && <Skeleton label={t('loading')} />}
      {bookings && rows.length === 0 && <Empty>{t('none')}</Empty>}
      {rows.length > 0 && (
        <Table
          label={t('title')}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              head: t('created'),
              cell: ({ id, createdAt }) => (
                <Link to={`/bookings/${id}`}>{formats.time(createdAt, 'exact', timeZone)}</Link>
              ),
            },
            {
              head: t('show'),
              cell: ({ show }) => `${show.title.name}, ${formats.time(show.startsAt, 'moment', timeZone)}`,
            },
            { head: t('status'), cell: ({ status: each }) => <BookingBadge status={each} /> },
            { head: t('tickets'), cell: ({ tickets }) => formats.number(tickets.length), isNumber: true },
            { head: t('total'), cell: ({ price }) => formats.money(price.total), isNumber: true },
            {
              head: t('refunded'),
              cell: ({ price }) => (price.refunded.amount === 0 ? '–' : formats.money(price.refunded)),
              isNumber: true,
            },
          ]}
        />
      )}
      <ShowMore pageInfo={bookings?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}

/** For support, which has no venues of its own. */
function OpenById() {
  const t = useTexts(bookingsTexts);
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (id.trim() !== '') void navigate(`/bookings/${encodeURIComponent(id.trim())}`);
  };
  return (
    <Card>
      <h2>{t('byId')}</h2>
      <form onSubmit={open}>
        <Filters label={t('byId')}>
          <TextField label={t('booking')} value={id} onChange={setId} maxLength={128} />
          <Button type="submit">{t('open')}</Button>
        </Filters>
      </form>
    </Card>
  );
}
