import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Notice, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { SignedInPage } from '../../session/index.ts';
import { useBooking } from '../use-booking.ts';
import { MoveForm } from './move-form.tsx';
import { moveTexts } from './texts.ts';

export function Component() {
  const t = useTexts(moveTexts);
  const { id = '' } = useParams();
  return (
    <SignedInPage title={t('title')}>
      <Page title={t('title')} isNarrow>
        <p>
          <Link to={`/bookings/${id}`}>← {t('back')}</Link>
        </p>
        <MoveBooking key={id} id={id} />
      </Page>
    </SignedInPage>
  );
}

function MoveBooking({ id }: { readonly id: string }) {
  const t = useTexts(moveTexts);
  const { time } = useFormats();
  const navigate = useNavigate();
  const { booking, details, error, isLoading, refetch } = useBooking(id);
  const [isMoved, setMoved] = useState(false);
  const toBooking = <ButtonLink href={`/bookings/${id}`}>{t('toBooking')}</ButtonLink>;
  if (isMoved)
    return (
      <>
        <Notice tone="good">{t('done')}</Notice>
        <div>{toBooking}</div>
      </>
    );
  if (isLoading) return <Skeleton label={t('loading')} />;
  if (error !== undefined) return <ProblemNotice error={error} onRetry={refetch} />;
  const valid = (booking?.tickets ?? []).filter(({ status }) => status === 'ISSUED');
  if (!booking || !details || valid.length === 0 || details.pendingReschedule)
    return (
      <Empty>
        <p>{t('cannot')}</p>
        {toBooking}
      </Empty>
    );
  const when = time(booking.show.startsAt, 'moment', details.show.venue.city.timeZone);
  return (
    <>
      <p>{t('intro', { count: valid.length, title: booking.show.title.name, time: when })}</p>
      <MoveForm
        booking={booking}
        details={details}
        count={valid.length}
        onMoved={(isPaid) => {
          refetch();
          if (isPaid) setMoved(true);
          else void navigate(`/bookings/${id}`);
        }}
      />
    </>
  );
}
