import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Notice, Page, ProblemNotice, Row, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link, useParams } from 'react-router';

import { SignedInPage } from '../../session/index.ts';
import { useBooking } from '../use-booking.ts';
import { CancelForm } from './cancel-form.tsx';
import type { Cancellation } from './cancellation.ts';
import { cancelTexts } from './texts.ts';

export function Component() {
  const t = useTexts(cancelTexts);
  const { id = '' } = useParams();
  return (
    <SignedInPage title={t('title')}>
      <Page title={t('title')} isNarrow>
        <p>
          <Link to={`/bookings/${id}`}>← {t('back')}</Link>
        </p>
        <CancelBooking key={id} id={id} />
      </Page>
    </SignedInPage>
  );
}

function CancelBooking({ id }: { readonly id: string }) {
  const t = useTexts(cancelTexts);
  const { money } = useFormats();
  const { booking, details, error, isLoading, refetch } = useBooking(id);
  const [done, setDone] = useState<Cancellation>();
  if (done)
    return (
      <>
        <Notice tone="good">
          {t(done.refund.amount > 0 ? 'done' : 'nothing', { count: done.count, amount: money(done.refund) })}
        </Notice>
        <Row>
          <ButtonLink href={`/bookings/${id}`}>{t('toBooking')}</ButtonLink>
          {done.refundTo === 'WALLET' && (
            <ButtonLink kind="quiet" href="/wallet">
              {t('toWallet')}
            </ButtonLink>
          )}
        </Row>
      </>
    );
  if (isLoading) return <Skeleton label={t('loading')} />;
  if (error !== undefined) return <ProblemNotice error={error} onRetry={refetch} />;
  const issued = (booking?.tickets ?? []).filter(({ status }) => status === 'ISSUED');
  if (!booking || !details || issued.length === 0)
    return (
      <Empty>
        <p>{t('none')}</p>
        <ButtonLink href={`/bookings/${id}`}>{t('toBooking')}</ButtonLink>
      </Empty>
    );
  return <CancelForm booking={booking} details={details} tickets={issued} onDone={setDone} />;
}
