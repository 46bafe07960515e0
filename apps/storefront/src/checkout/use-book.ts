import { useApolloClient } from '@apollo/client/react';
import { runIntent } from '@marquee/app-kit/api';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import {
  BookHoldDocument,
  BookingOfHoldDocument,
  type CouponProblemReason,
  type CouponRejectionReason,
} from '../generated/graphql.ts';
import { readMyHolds } from '../holds/index.ts';
import type { CheckedHold } from './checked-hold.ts';
import type { Quote } from './coupon-field.tsx';
import { keepQuoted } from './kept.ts';

export interface BookOptions {
  readonly quote: Quote | undefined;
  readonly onOver: () => void;
  readonly onRejected: (reason: CouponRejectionReason) => void;
}

/** Turns a hold into a booking and leads to its payment. A repeat after a lost answer makes no second booking. */
export function useBook(hold: CheckedHold, { quote, onOver, onRejected }: BookOptions) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<'ShowClosedError' | 'AccountRestrictedError' | 'HoldExpiredError'>();
  const [error, setError] = useState<unknown>();
  const couponCode = quote?.code ?? null;

  const goOn = async (bookingId: string, couponProblem: CouponProblemReason | null): Promise<void> => {
    const total = quote?.totalAfterDiscount ?? hold.price?.total;
    if (total) keepQuoted(bookingId, { total, couponProblem });
    void readMyHolds(client);
    await navigate(`/pay/${bookingId}`, { replace: true });
  };
  const book = async (): Promise<void> => {
    const answer = await runIntent(`book:${hold.id}`, { couponCode }, async (idempotencyKey) => {
      const input = { holdId: hold.id, couponCode, idempotencyKey };
      const { data } = await client.mutate({ mutation: BookHoldDocument, variables: { input } });
      if (!data) throw new TypeError('The server gave no answer.');
      return data.createBooking;
    });
    if (answer.__typename === 'CreateBookingPayload') {
      await goOn(answer.booking.id, answer.couponProblemReason);
    } else if (answer.__typename === 'CouponRejectedError') onRejected(answer.reason);
    else {
      setRefusal(answer.__typename);
      if (answer.__typename === 'HoldExpiredError') onOver();
    }
  };
  /** The answer was lost, or never given: the hold knows whether it became a booking. */
  const recover = async (failure: unknown): Promise<void> => {
    const variables = { holdId: hold.id };
    const asked = client.query({ query: BookingOfHoldDocument, variables, fetchPolicy: 'network-only' });
    const { data } = await asked.catch(() => ({ data: undefined }));
    const bookingId = data?.hold?.booking?.id;
    if (bookingId) await goOn(bookingId, null);
    else setError(failure);
  };
  return {
    ...{ isPending, refusal, error },
    book: (): void => {
      setPending(true);
      setRefusal(undefined);
      setError(undefined);
      void book()
        .catch(recover)
        .finally(() => setPending(false));
    },
  };
}
