import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { RetryLink } from '@apollo/client/link/retry';
import { relayStylePagination } from '@apollo/client/utilities';
import { defer, switchMap } from 'rxjs';
import type { Session } from './session.ts';

export interface ClientOptions {
  url: string;
  session: Session;
  possibleTypes: Record<string, string[]>;
  fetch?: typeof globalThis.fetch;
}

export function apolloClient({ url, session, possibleTypes, fetch = globalThis.fetch }: ClientOptions): ApolloClient {
  const authorize = new SetContextLink(async ({ headers }) => {
    if (session.isExpiring) await session.refresh();
    return { headers: { ...headers, ...(session.token && { authorization: `Bearer ${session.token}` }) } };
  });
  // A token can be revoked before it expires: refresh once and send the operation again.
  const renew = new ErrorLink(({ error, operation, forward }) => {
    const isRefused =
      CombinedGraphQLErrors.is(error) &&
      error.errors.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED');
    if (isRefused && session.token) return defer(() => session.refresh()).pipe(switchMap(() => forward(operation)));
    return undefined;
  });
  // A lost answer is asked for again with the same variables, and so the same idempotency key.
  const retry = new RetryLink({ attempts: { max: 3, retryIf: (error) => !CombinedGraphQLErrors.is(error) } });
  // Queries go as GET with the hash of their text; the text follows once, when the server does not know it.
  const persisted = new PersistedQueryLink({
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    useGETForHashedQueries: true,
  });
  return new ApolloClient({
    link: ApolloLink.from([renew, authorize, retry, persisted, new HttpLink({ uri: url, fetch })]),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Query: { fields: { nowShowing: relayStylePagination(['cityId', 'date', 'kind']) } },
        User: { fields: { bookings: relayStylePagination() } },
        // Without an id of their own they belong to their show.
        Show: { fields: { seatMap: { merge: true }, availability: { merge: true } } },
      },
    }),
    clientAwareness: { name: 'storefront', version: '3.1.0' },
  });
}
