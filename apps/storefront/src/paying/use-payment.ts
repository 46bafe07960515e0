import { skipToken, useQuery } from '@apollo/client/react';
import { useLive, useReread } from '@marquee/app-kit/api';
import { useEffect, useRef } from 'react';

import { PaymentDocument, type PaymentQuery, PaymentStatusChangedDocument } from '../generated/graphql.ts';

export type FollowedPayment = NonNullable<PaymentQuery['payment']>;

const FINAL = new Set<string>(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/** Follows a payment until it has ended. */
export function usePayment(id: string | undefined, onEnd?: (payment: FollowedPayment) => void) {
  const { data, error, loading, refetch } = useQuery(PaymentDocument, id ? { variables: { id } } : skipToken);
  const payment = data?.payment ?? undefined;
  const isOver = payment !== undefined && FINAL.has(payment.status);
  const again = (): void => void refetch().catch(() => undefined);
  useLive(
    PaymentStatusChangedDocument,
    { paymentId: id ?? '' },
    {
      // The cache has the status; the page of the action may be gone with it.
      onEvent: again,
      onGap: again,
      skip: id === undefined || isOver,
    },
  );
  useReread(again, id !== undefined && !isOver);
  const ended = useRef<string>(undefined);
  useEffect(() => {
    if (!payment || !isOver || ended.current === payment.id) return;
    ended.current = payment.id;
    onEnd?.(payment);
  }, [payment, isOver, onEnd]);
  return { payment, error, loading: loading && !payment, refetch: again };
}
