import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useSearchParams } from 'react-router';

interface Pending {
  readonly __typename?: string;
  readonly payment?: { readonly id: string; readonly actionUrl: string | null };
}

/**
 * Puts the payment that a membership or a recurring payment waits for into the address, where the page follows it. A
 * repeat of the request under its key gives it.
 */
export function useFollowPending<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
) {
  const client = useApolloClient();
  const [, setSearch] = useSearchParams();
  const follow = async (refusal: { readonly __typename: string }, variables: Variables): Promise<void> => {
    if (refusal.__typename !== 'PaymentPendingError') return;
    const { data } = await client.mutate({ mutation: document as TypedDocumentNode<Data>, variables });
    const { payment } = (Object.values(data ?? {})[0] ?? {}) as Pending;
    if (payment) setSearch({ payment: payment.id }, { replace: true });
  };
  return follow;
}
