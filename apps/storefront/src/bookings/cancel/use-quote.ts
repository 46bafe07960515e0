import { useQuery } from '@apollo/client/react';

import { CancellationQuoteDocument, type CancellationQuoteQuery } from '../../generated/graphql.ts';

export type CancellationQuote = NonNullable<NonNullable<CancellationQuoteQuery['booking']>['cancellationQuote']>;

/** The refund of cancelling now; a quote of before is not shown. */
export function useQuote(bookingId: string, ticketIds: readonly string[] | null) {
  const isEmpty = ticketIds?.length === 0;
  const { data, error, loading, refetch } = useQuery(CancellationQuoteDocument, {
    variables: { bookingId, ticketIds },
    skip: isEmpty,
    fetchPolicy: 'no-cache',
  });
  const quote: CancellationQuote | undefined = data?.booking?.cancellationQuote ?? undefined;
  return { quote: isEmpty ? undefined : quote, error, isLoading: loading, refetch: () => void refetch() };
}
