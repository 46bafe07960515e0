import { Client, fetchExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import { type GraphQLSchema, introspectionFromSchema } from 'graphql';
import { embeddedTypes } from './public-schema.ts';
import type { Session } from './session.ts';

export interface ClientOptions {
  url: string;
  session: Session;
  schema: GraphQLSchema;
  fetch?: typeof globalThis.fetch;
}

export function urqlClient({ url, session, schema, fetch = globalThis.fetch }: ClientOptions): Client {
  return new Client({
    url,
    fetch,
    fetchOptions: { headers: { 'apollographql-client-name': 'storefront', 'apollographql-client-version': '3.1.0' } },
    exchanges: [
      cacheExchange({
        schema: introspectionFromSchema(schema),
        keys: embeddedTypes(schema),
        resolvers: { Query: { nowShowing: relayPagination() }, User: { bookings: relayPagination() } },
      }),
      authExchange(async ({ appendHeaders }) => ({
        addAuthToOperation: (operation) =>
          session.token ? appendHeaders(operation, { authorization: `Bearer ${session.token}` }) : operation,
        willAuthError: () => session.isExpiring,
        didAuthError: ({ graphQLErrors }) =>
          session.token !== undefined &&
          graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED'),
        refreshAuth: () => session.refresh(),
      })),
      persistedExchange({ preferGetForPersistedQueries: true }),
      fetchExchange,
    ],
  });
}
