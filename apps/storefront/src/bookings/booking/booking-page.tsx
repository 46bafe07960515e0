import { problemOf } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Hidden, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useParams } from 'react-router';

import { SignedInPage } from '../../session/index.ts';
import { useStatusText } from '../status.tsx';
import { useBooking } from '../use-booking.ts';
import { BookingView } from './booking-view.tsx';
import { bookingTexts } from './texts.ts';

export function Component() {
  const t = useTexts(bookingTexts);
  const { id = '' } = useParams();
  return (
    <SignedInPage title={t('title')}>
      <BookingOf key={id} id={id} />
    </SignedInPage>
  );
}

function BookingOf({ id }: { readonly id: string }) {
  const t = useTexts(bookingTexts);
  const statusText = useStatusText();
  const [news, setNews] = useState('');
  const state = useBooking(id, (status) => setNews(t('changed', { status: statusText(status) })));
  const { booking, details, error, isLoading, refetch } = state;
  const isOthers = error !== undefined && problemOf(error).code === 'FORBIDDEN';
  return (
    <Page title={booking?.show.title.name ?? t('title')} hasOwnHeading={booking !== undefined}>
      <Hidden>
        <span role="status">{news}</span>
      </Hidden>
      {error !== undefined && !isOthers && <ProblemNotice error={error} onRetry={refetch} />}
      {isOthers && (
        <Empty>
          <p>{t('others')}</p>
          <ButtonLink href="/tickets">{t('myTickets')}</ButtonLink>
        </Empty>
      )}
      {booking && details && <BookingView booking={booking} details={details} onChange={refetch} />}
      {isLoading && <Skeleton label={t('loading')} />}
      {!isLoading && !booking && error === undefined && (
        <Empty>
          <p>{t('missing')}</p>
          <ButtonLink href="/bookings">{t('all')}</ButtonLink>
        </Empty>
      )}
    </Page>
  );
}
