import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Notice, Page, ProblemNotice, Skeleton, useTitle } from '@marquee/app-kit/ui';
import { Navigate, useLocation, useParams } from 'react-router';

import styles from './checkout.module.css';
import { Ended, Gate } from './gate.tsx';
import { usePlaceName } from './summary.tsx';
import { checkoutTexts } from './texts.ts';
import { openPayment, type PaidBooking, useBooking } from './use-booking.ts';

/** The confirmation, which is pushed when the tickets are made. */
export function Component() {
  const t = useTexts(checkoutTexts);
  const { bookingId = '' } = useParams();
  return (
    <Gate title={t('done')}>
      <PaidOrder key={bookingId} bookingId={bookingId} />
    </Gate>
  );
}

function PaidOrder({ bookingId }: { readonly bookingId: string }) {
  const t = useTexts(checkoutTexts);
  const { booking, isMissing, error, read } = useBooking(bookingId);
  // The answer of the payment may not have reached the cache.
  const wasPaid = (useLocation().state as { readonly isPaid?: boolean } | null)?.isPaid === true;
  if (isMissing) return <Ended title={t('done')} text={t('notFound')} href="/bookings" action={t('bookings')} />;
  if (!booking)
    return (
      <Page title={t('payTitle')} isNarrow>
        {error ? <ProblemNotice error={error} onRetry={read} /> : <Skeleton label={t('loading')} />}
      </Page>
    );
  const isPaid = wasPaid || (booking.payments?.some(({ status }) => status === 'SUCCEEDED') ?? false);
  if (booking.status === 'EXPIRED' || (booking.status === 'PENDING_PAYMENT' && !isPaid && !openPayment(booking)))
    return <Navigate to={`/pay/${bookingId}`} replace />;
  if (booking.status === 'PENDING_PAYMENT')
    return (
      <Page title={t('payTitle')} isNarrow>
        <Notice>{t('confirming')}</Notice>
        <Skeleton label={t('confirming')} />
      </Page>
    );
  if (booking.status === 'NEEDS_REVIEW')
    return (
      <Ended title={t('payTitle')} text={t('review')} href={`/bookings/${bookingId}`} action={t('toBookingPage')} />
    );
  if (booking.status !== 'CONFIRMED') return <Navigate to={`/bookings/${bookingId}`} replace />;
  return <Confirmation booking={booking} />;
}

function Confirmation({ booking }: { readonly booking: PaidBooking }) {
  const t = useTexts(checkoutTexts);
  const { time } = useFormats();
  const nameOf = usePlaceName();
  const { id, seats, show, tickets } = booking;
  useTitle(t('done'));
  return (
    <Page title={t('done')} isNarrow hasOwnHeading>
      <div className={styles['done']}>
        <h1>{t('done')}</h1>
        <div className={styles['sign']}>
          <strong>{show.title.name}</strong>
          <time dateTime={show.startsAt}>{time(show.startsAt, 'moment', show.venue.city.timeZone)}</time>
          <span>
            {show.venue.name}, {show.screen.name}
          </span>
        </div>
        <ul className={styles['chips']}>
          {seats.map((seat) => (
            <li key={seat.id}>{nameOf(seat)}</li>
          ))}
        </ul>
        <p role="status">{t('doneText', { count: tickets.length })}</p>
      </div>
      <div className={styles['more']}>
        <ButtonLink href={`/bookings/${id}`}>{t('toTickets')}</ButtonLink>
        <ButtonLink kind="quiet" href="/">
          {t('home')}
        </ButtonLink>
      </div>
    </Page>
  );
}
