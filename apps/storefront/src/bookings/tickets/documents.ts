import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';

import {
  MyTicketDocumentsDocument,
  type MyTicketDocumentsQuery,
  type MyTicketDocumentsQueryVariables,
  TicketDocumentsDocument,
  type TicketDocumentsQuery,
  type TicketDocumentsQueryVariables,
} from '../../generated/graphql.ts';

/** The documents of a booking, for who made it. */
export function useBookingDocument(bookingId: string) {
  return useDocument<TicketDocumentsQuery, TicketDocumentsQueryVariables>(TicketDocumentsDocument, { bookingId });
}

/** The documents of the tickets that admit the person, whoever bought them. */
export function useHeldDocument() {
  return useDocument<MyTicketDocumentsQuery, MyTicketDocumentsQueryVariables>(MyTicketDocumentsDocument, {});
}

/** Gets a document. Its link lives for 15 minutes, so it is asked for when it is wanted. */
function useDocument<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) {
  const client = useApolloClient();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [isMissing, setMissing] = useState(false);
  const open = async (pick: (data: Data) => string | null | undefined): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    setMissing(false);
    const { data, error } = await client
      .query({ query: query as TypedDocumentNode<Data>, variables, fetchPolicy: 'no-cache' })
      .catch((failure: unknown) => ({ data: undefined, error: failure }));
    const url = data ? pick(data as Data) : undefined;
    setPending(false);
    // It is an attachment: the page stays.
    if (url) location.assign(url);
    else if (error === undefined) setMissing(true);
    else setProblem(error);
  };
  return { open, isPending, problem, isMissing };
}
