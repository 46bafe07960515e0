import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';

import { TicketDocumentsDocument, type TicketDocumentsQuery } from '../../generated/graphql.ts';

type Documents = NonNullable<TicketDocumentsQuery['booking']>;

/** Where a document is got from; the links live for 15 minutes, so they are asked for when they are wanted. */
export function useDocument(bookingId: string) {
  const client = useApolloClient();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [isMissing, setMissing] = useState(false);
  const open = async (pick: (documents: Documents) => string | null | undefined): Promise<void> => {
    // Opened at once: a browser blocks windows that a press did not open.
    const tab = window.open('', '_blank');
    setPending(true);
    setProblem(undefined);
    setMissing(false);
    const { data, error } = await client
      .query({ query: TicketDocumentsDocument, variables: { bookingId }, fetchPolicy: 'no-cache' })
      .catch((failure: unknown) => ({ data: undefined, error: failure }));
    const url = data?.booking ? pick(data.booking) : undefined;
    setPending(false);
    if (url && tab) tab.location.replace(url);
    else if (url) location.assign(url);
    else {
      tab?.close();
      if (error === undefined) setMissing(true);
      else setProblem(error);
    }
  };
  return { open, isPending, problem, isMissing };
}
