import { useApolloClient, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useCallback, useEffect } from 'react';
import { Navigate, useParams } from 'react-router';

import { BookingOfHoldDocument, CheckoutHoldDocument, HoldDocument } from '../generated/graphql.ts';
import { Checkout } from './checkout.tsx';
import { Ended, Gate } from './gate.tsx';
import { checkoutTexts } from './texts.ts';

/** The held seats, their price, and the way to pay for them. */
export function Component() {
  const t = useTexts(checkoutTexts);
  const { holdId = '' } = useParams();
  return (
    <Gate title={t('checkout')}>
      <HeldOrder key={holdId} holdId={holdId} />
    </Gate>
  );
}

function HeldOrder({ holdId }: { readonly holdId: string }) {
  const t = useTexts(checkoutTexts);
  const { data, error, refetch } = useQuery(CheckoutHoldDocument, { variables: { id: holdId } });
  const readStatus = useReadStatus(holdId);
  const hold = data?.hold;
  if (hold === null && !error) return <Ended title={t('checkout')} text={t('notFound')} href="/" action={t('home')} />;
  if (!hold)
    return (
      <Page title={t('checkout')}>
        {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />}
      </Page>
    );
  const show = `/shows/${hold.show.id}`;
  if (hold.status === 'CONSUMED') return <ToPayment holdId={holdId} />;
  if (hold.status === 'RELEASED')
    return <Ended title={t('checkout')} text={t('released')} href={show} action={t('again')} />;
  if (hold.status === 'EXPIRED')
    return <Ended title={t('overTitle')} text={t('overText')} href={show} action={t('again')} />;
  return <Checkout hold={hold} onChange={readStatus} />;
}

/** Leads to the payment of the booking that the hold became, also when its answer never arrived. */
function ToPayment({ holdId }: { readonly holdId: string }) {
  const t = useTexts(checkoutTexts);
  const { data, error, refetch } = useQuery(BookingOfHoldDocument, {
    variables: { holdId },
    fetchPolicy: 'network-only',
  });
  const booking = data?.hold?.booking;
  if (booking) return <Navigate to={`/pay/${booking.id}`} replace />;
  return (
    <Page title={t('checkout')}>
      {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />}
    </Page>
  );
}

/** Reads the status of the hold when its time is over, and when the person comes back to the page. */
function useReadStatus(holdId: string): () => void {
  const client = useApolloClient();
  const read = useCallback(() => {
    const variables = { id: holdId };
    void client.query({ query: HoldDocument, variables, fetchPolicy: 'network-only' }).catch(() => undefined);
  }, [client, holdId]);
  useEffect(() => {
    const onReturn = (): void => void (document.hidden || read());
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [read]);
  return read;
}
