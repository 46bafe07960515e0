import { useTexts } from '@marquee/app-kit/text';
import { Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { Navigate, useParams } from 'react-router';

import { Ended, Gate } from './gate.tsx';
import { Payment } from './payment.tsx';
import { checkoutTexts } from './texts.ts';
import { useBooking } from './use-booking.ts';

/** A booking that awaits its payment; a reload at any time goes on here. */
export function Component() {
  const t = useTexts(checkoutTexts);
  const { bookingId = '' } = useParams();
  return (
    <Gate title={t('payTitle')}>
      <UnpaidBooking key={bookingId} bookingId={bookingId} />
    </Gate>
  );
}

function UnpaidBooking({ bookingId }: { readonly bookingId: string }) {
  const t = useTexts(checkoutTexts);
  const { booking, isMissing, error, read } = useBooking(bookingId);
  if (isMissing) return <Ended title={t('payTitle')} text={t('notFound')} href="/bookings" action={t('bookings')} />;
  if (!booking)
    return (
      <Page title={t('payTitle')}>
        {error ? <ProblemNotice error={error} onRetry={read} /> : <Skeleton label={t('loading')} />}
      </Page>
    );
  if (booking.status === 'EXPIRED')
    return (
      <Ended title={t('expiredTitle')} text={t('expiredText')} href={`/shows/${booking.show.id}`} action={t('again')} />
    );
  if (booking.status !== 'PENDING_PAYMENT') return <Navigate to={`/pay/${bookingId}/done`} replace />;
  return <Payment booking={booking} onChange={read} />;
}
