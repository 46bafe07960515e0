import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Card, Empty, Facts, Page, ProblemNotice, Row, Skeleton, Soft, Table } from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import type { BookingFactsFragment } from '../generated/graphql.ts';
import { Payments } from './payments.tsx';
import { BookingBadge, TicketBadge } from './status.tsx';
import { bookingsTexts } from './texts.ts';
import { type SupportCase, type TicketHolder, useBooking } from './use-booking.ts';

export function Component() {
  const t = useTexts(bookingsTexts);
  const { id = '' } = useParams();
  const { who } = useWho();
  const { booking, holders, case: supportCase, isLoading, error, refetch } = useBooking(id);
  const isSupport = who !== undefined && hasRole(who, ['SUPPORT_AGENT']);
  return (
    <Page title={booking ? `${t('booking')}: ${booking.show.title.name}` : t('booking')}>
      {isLoading && <Skeleton label={t('loading')} />}
      {error !== undefined && <ProblemNotice error={error} onRetry={refetch} />}
      {!isLoading && error === undefined && !booking && <Empty>{t('notFound')}</Empty>}
      {booking && (
        <>
          <Overview booking={booking} customer={supportCase?.customer.displayName} />
          <Tickets booking={booking} holders={holders} />
          {isSupport && (
            <Payments
              payments={supportCase?.payments ?? undefined}
              timeZone={booking.show.venue.city.timeZone}
              onRefunded={refetch}
            />
          )}
          {supportCase && <History timeline={supportCase.timeline} timeZone={booking.show.venue.city.timeZone} />}
        </>
      )}
    </Page>
  );
}

interface BookingProps {
  readonly booking: BookingFactsFragment;
}

function Overview({ booking, customer }: BookingProps & { readonly customer: string | undefined }) {
  const t = useTexts(bookingsTexts);
  const formats = useFormats();
  const { show, price } = booking;
  const { timeZone } = show.venue.city;
  const parts = (['subtotal', 'fees', 'tax', 'discount', 'refunded'] as const).filter((key) => price[key].amount !== 0);
  return (
    <Card>
      <Row>
        <BookingBadge status={booking.status} />
        <Soft isSmall>{booking.id}</Soft>
      </Row>
      <Facts
        facts={[
          ...(customer === undefined ? [] : [[t('customer'), customer] as const]),
          [t('show'), `${show.title.name}, ${formats.time(show.startsAt, 'exact', timeZone)}`],
          [t('where'), `${show.venue.name}, ${show.screen.name}`],
          [t('created'), formats.time(booking.createdAt, 'exact', timeZone)],
          ...parts.map((key) => [t(key), formats.money(price[key])] as const),
          [t('total'), formats.money(price.total)],
        ]}
      />
      <Row>
        <ButtonLink kind="quiet" href={`/bookings/shows/${show.id}/seats`}>
          {t('seats')}
        </ButtonLink>
      </Row>
    </Card>
  );
}

function Tickets({ booking, holders }: BookingProps & { readonly holders: readonly TicketHolder[] | undefined }) {
  const t = useTexts(bookingsTexts);
  const nameOf = (id: string) => holders?.find((ticket) => ticket.id === id)?.holderName;
  return (
    <Card>
      <h2>{t('tickets')}</h2>
      <Table
        label={t('tickets')}
        rows={booking.tickets}
        keyOf={({ id }) => id}
        columns={[
          {
            head: t('seat'),
            cell: ({ seat }) =>
              seat.standing ? `${seat.section}, ${t('standing')}` : `${seat.section}, ${seat.row} ${seat.number}`,
          },
          ...(holders
            ? [{ head: t('holder'), cell: ({ id }: { id: string }) => nameOf(id) ?? <Soft>{t('noHolder')}</Soft> }]
            : []),
          { head: t('tier'), cell: ({ seat }) => seat.tier.name },
          { head: t('status'), cell: ({ status }) => <TicketBadge status={status} /> },
        ]}
      />
    </Card>
  );
}

interface HistoryProps {
  readonly timeline: SupportCase['timeline'];
  readonly timeZone: string;
}

function History({ timeline, timeZone }: HistoryProps) {
  const t = useTexts(bookingsTexts);
  const formats = useFormats();
  return (
    <Card>
      <h2>{t('history')}</h2>
      <ol>
        {timeline.map(({ type, at }) => (
          <li key={`${type}${at}`}>
            {t(`event_${type}`)} <Soft isSmall>{formats.time(at, 'exact', timeZone)}</Soft>
          </li>
        ))}
      </ol>
    </Card>
  );
}
