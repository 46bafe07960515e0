import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Page } from '@marquee/app-kit/ui';
import { useCallback } from 'react';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';

import { type FollowedPayment, PaymentOutcome } from '../paying/index.ts';
import { Gate } from './gate.tsx';
import { checkoutTexts } from './texts.ts';

/** Where the bank's page leads back to, paid or not: it waits for the outcome and goes on by itself. */
export function Component() {
  const t = useTexts(checkoutTexts);
  const { bookingId = '' } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const paymentId = query.get('payment');
  const pay = `/pay/${bookingId}`;
  const onEnd = useCallback(
    ({ status }: FollowedPayment) => {
      if (status === 'SUCCEEDED') void navigate(`${pay}/done`, { replace: true, state: { isPaid: true } });
      else void navigate(pay, { replace: true, state: { hasFailed: true } });
    },
    [navigate, pay],
  );
  if (paymentId === null) return <Navigate to={pay} replace />;
  return (
    <Gate title={t('returning')}>
      <Page title={t('returning')} isNarrow>
        <PaymentOutcome paymentId={paymentId} onEnd={onEnd} />
        <ButtonLink kind="quiet" href={pay}>
          {t('backToPay')}
        </ButtonLink>
      </Page>
    </Gate>
  );
}
