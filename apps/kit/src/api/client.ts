import type { FieldMergeFunction, Reference } from '@apollo/client/cache';
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  Observable,
  ServerError,
} from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';

import { clockedFetch } from './clock.ts';
import type { ConfirmIdentity } from './identity.ts';
import { problemOf } from './problem.ts';
import { onAnother, type Session } from './session.ts';
import type { Socket } from './socket.ts';

export interface ApiOptions {
  readonly clientName: string;
  readonly session: Session;
  readonly socket: Socket;
  /** Asks the person who they are, for what needs a fresh sign-in. */
  readonly confirmIdentity: ConfirmIdentity;
  readonly possibleTypes: Readonly<Record<string, readonly string[]>>;
  /** Types that have fields with pages, which the cache joins; each with their arguments that name a list. */
  readonly pages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Types without an id that belong to their object: what two operations read of one is joined. */
  readonly parts?: readonly string[];
  /** Lists without pages, by their types: what is read last replaces what was there. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  /** Objects that some operations read without their id, by the types that have them: what is known of them stays. */
  readonly known?: Readonly<Record<string, readonly string[]>>;
}

/** Apollo Client with a normalised cache, over HTTP, and over a socket for subscriptions. */
export function createApi({
  clientName,
  session,
  socket,
  confirmIdentity,
  possibleTypes,
  pages,
  parts = [],
  lists = {},
  known = {},
}: ApiOptions) {
  const credentials = new SetContextLink(async ({ headers }) => {
    const token = await session.token();
    return { headers: { ...(headers as object), ...(token && { authorization: `Bearer ${token}` }) } };
  });
  const http = new HttpLink({
    uri: '/graphql',
    fetch: clockedFetch,
    headers: { 'apollographql-client-name': clientName },
  });
  const client = new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes: mutable(possibleTypes),
      typePolicies: {
        ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
        ...Object.fromEntries(Object.entries(known).map(([type, fields]) => [type, { fields: keptIn(fields) }])),
        ...Object.fromEntries(
          Object.entries(pages).map(([type, fields]) => [
            type,
            {
              fields: { ...joined(fields), ...replaced(lists[type] ?? []), ...keptIn(known[type] ?? []) },
              ...(parts.includes(type) && { merge: true }),
            },
          ]),
        ),
      },
    }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink(socket.client),
      ApolloLink.from([repeatWithIdentity(session, confirmIdentity), credentials, http]),
    ),
    defaultOptions: {
      watchQuery: { errorPolicy: 'all', fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' },
      query: { errorPolicy: 'all' },
    },
  });
  // Another person must not see what this one has seen.
  // Queries of pages that close meanwhile are cut off.
  onAnother(session, () => void client.resetStore().catch(() => undefined));
  return client;
}

/** Repeats an operation once, with a new token or after the person has confirmed who they are. */
function repeatWithIdentity(session: Session, confirmIdentity: ConfirmIdentity): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    const repeated = operation.getContext()['repeated'] === true;
    if (repeated || session.state === 'anonymous') return undefined;
    const isRefused = ServerError.is(error) ? error.statusCode === 401 : problemOf(error).code === 'UNAUTHENTICATED';
    const needsFreshSignIn =
      CombinedGraphQLErrors.is(error) && problemOf(error).extensions['reason'] === 'REAUTHENTICATION_REQUIRED';
    if (!isRefused && !needsFreshSignIn) return undefined;
    operation.setContext({ repeated: true });
    const confirmed = needsFreshSignIn ? confirmIdentity() : session.refresh().then((token) => token !== undefined);
    return new Observable((observer) => {
      let isOver = false;
      let end = (): void => {
        isOver = true;
      };
      const goOn = (isConfirmed: boolean): void => {
        if (isOver) return;
        if (isConfirmed) {
          const running = forward(operation).subscribe(observer);
          end = () => running.unsubscribe();
        } else observer.error(error);
      };
      confirmed.then(goOn, (reason: unknown) => observer.error(reason));
      return () => end();
    });
  });
}

function joined(fields: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([field, keys]) => [field, relayStylePagination(keys.length > 0 ? [...keys] : false)]),
  );
}

function replaced(fields: readonly string[]) {
  return Object.fromEntries(fields.map((field) => [field, { merge: false }]));
}

function keptIn(fields: readonly string[]) {
  const merge: FieldMergeFunction = (existing: unknown, incoming: unknown, { isReference }) =>
    isReference(existing as Reference) && !isReference(incoming as Reference) ? existing : incoming;
  return Object.fromEntries(fields.map((field) => [field, { merge }]));
}

function mutable(types: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(types).map(([type, possible]) => [type, [...possible]]));
}
