import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Card, Facts, Soft, type Tone } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import type { BookingStatus, PaymentStatus } from '../generated/graphql.ts';
import styles from './desk.module.css';
import { deskTexts } from './texts.ts';
import type { TicketProps } from './ticket-controls.tsx';

const TONES: Readonly<Partial<Record<BookingStatus | PaymentStatus, Tone>>> = {
  CONFIRMED: 'good',
  SUCCEEDED: 'good',
  CANCELLED: 'bad',
  FAILED: 'bad',
};

/** Whose ticket it is, the booking that it is about, and the customer's other bookings. */
export function CustomerCard({ ticket: { customer }, details }: TicketProps) {
  const t = useTexts(deskTexts);
  const { time } = useFormats();
  const about = details?.booking;
  const shows = new Map(details?.customer?.bookings?.edges.map(({ node }) => [node.id, node.show]));
  const bookings = customer?.bookings?.edges.map(({ node }) => node) ?? [];
  return (
    <Card>
      <h2>{customer ? <Link to={`/users/${customer.id}`}>{customer.displayName}</Link> : t('deleted')}</h2>
      {about && (
        <Facts
          facts={[
            [
              t('about'),
              <Link key="about" to={`/bookings/${about.id}`}>
                {about.show?.title?.name ?? about.id}
              </Link>,
            ],
            [t('when'), about.show ? time(about.show.startsAt, 'exact', about.show.venue?.city?.timeZone) : '—'],
            [t('where'), about.show?.venue?.name ?? '—'],
          ]}
        />
      )}
      <h3>{t('bookings')}</h3>
      {bookings.length === 0 && <Soft>{t('noBookings')}</Soft>}
      <ul className={styles['bookings']}>
        {bookings.map(({ id, status, payments }) => (
          <li key={id} className={styles['booking']}>
            <ShowOfBooking show={shows.get(id) ?? null} />
            <Link to={`/bookings/${id}`}>
              <code>{id}</code>
            </Link>
            <span>
              <Badge tone={TONES[status] ?? 'plain'}>{bookingText(t, status)}</Badge>
              {(payments ?? []).map((payment) => (
                <Badge key={payment.id} tone={TONES[payment.status] ?? 'plain'}>
                  {t('payment', { status: payment.status })}
                </Badge>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const bookingText = (t: ReturnType<typeof useTexts<keyof (typeof deskTexts)['en']>>, status: BookingStatus): string =>
  t('bookingStatus', { status });

type Show = NonNullable<
  NonNullable<NonNullable<TicketProps['details']>['customer']>['bookings']
>['edges'][number]['node']['show'];

function ShowOfBooking({ show }: { readonly show: Show | null }) {
  const { time } = useFormats();
  if (!show) return null;
  return (
    <span>
      <strong>{show.title?.name}</strong>{' '}
      <Soft isSmall>
        {time(show.startsAt, 'moment', show.venue?.city?.timeZone)} · {show.venue?.name}
      </Soft>
    </span>
  );
}
