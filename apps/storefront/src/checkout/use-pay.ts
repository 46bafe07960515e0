import { useApolloClient } from '@apollo/client/react';
import { runIntent } from '@marquee/app-kit/api';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { PayBookingDocument, type PayWithInput } from '../generated/graphql.ts';
import type { PaymentRefusal } from '../paying/index.ts';

/** Pays a booking. A repeat after a lost answer is the same payment; another try after a refusal is a new one. */
export function usePay(bookingId: string, means: PayWithInput, onChange: () => void) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<PaymentRefusal>();
  const [error, setError] = useState<unknown>();

  const send = async (): Promise<void> => {
    const answer = await runIntent(`pay:${bookingId}`, means, async (idempotencyKey) => {
      const returnUrl = new URL(`/pay/${bookingId}/return`, location.href).href;
      const input = { bookingId, with: means, returnUrl, idempotencyKey };
      const { data } = await client.mutate({ mutation: PayBookingDocument, variables: { input } });
      if (!data) throw new TypeError('The server gave no answer.');
      return data.payBooking;
    });
    if (answer.__typename !== 'PayBookingPayload') {
      setRefusal(answer);
      return onChange();
    }
    const { status, actionUrl } = answer.payment;
    if (status === 'SUCCEEDED')
      return void navigate(`/pay/${bookingId}/done`, { replace: true, state: { isPaid: true } });
    if (status === 'REQUIRES_ACTION' && actionUrl !== null) location.assign(actionUrl);
    return onChange();
  };
  return {
    ...{ isPending, refusal, error },
    pay: (): void => {
      setPending(true);
      setRefusal(undefined);
      setError(undefined);
      void send()
        .catch((problem: unknown) => {
          setError(problem);
          // The payment may have been made, though its answer was lost.
          onChange();
        })
        .finally(() => setPending(false));
    },
  };
}
