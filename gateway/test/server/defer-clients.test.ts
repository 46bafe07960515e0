import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { eventually } from '@marquee/testkit';
import { Client, fetchExchange } from '@urql/core';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { SEATS, TITLES, waitingTheatre, WHOLE } from './deferred.ts';
import { startGateway } from './gateway-under-test.ts';

test.each([
  ['20220824', () => new Defer20220824Handler()],
  ['v0.2', () => new GraphQL17Alpha9Handler()],
])('Apollo Client shows the first part, then the deferred fields (%s)', async (_format, handler) => {
  const backend = waitingTheatre();
  const { url } = await startGateway({}, backend);
  const link = new HttpLink({ uri: url });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link,
    incrementalHandler: handler() as Defer20220824Handler,
  });
  onTestFinished(() => client.stop());
  const seen: unknown[] = [];
  const watched = client.watchQuery({ query: gql(SEATS) }).subscribe(({ data, dataState }) => {
    if (dataState !== 'empty') seen.push(withoutTypenames(data));
  });
  onTestFinished(() => watched.unsubscribe());
  await eventually(() => expect(seen.at(-1)).toEqual(TITLES));
  backend.open();
  await eventually(() => expect(seen.at(-1)).toEqual(WHOLE));
});

test('urql, which accepts parts of any format, gets deferred fields', async () => {
  const { url } = await startGateway();
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });
  const results: unknown[] = [];
  await new Promise<void>((resolve) => {
    client.query(SEATS, {}).subscribe(({ data, hasNext }) => {
      results.push(withoutTypenames(data));
      if (!hasNext) resolve();
    });
  });
  expect([results[0], results.at(-1)]).toEqual([TITLES, WHOLE]);
});

test('introspection describes @defer', async () => {
  const { ask } = await startGateway();
  const { data } = (await ask(getIntrospectionQuery())).body;
  const schema = buildClientSchema(data as IntrospectionQuery);
  const defer = schema.getDirective('defer');
  const given = defer?.args.map(({ name, type, defaultValue }) => [name, String(type), defaultValue]);
  expect([defer?.locations, given]).toEqual([
    ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
    [
      ['label', 'String', undefined],
      ['if', 'Boolean!', true],
    ],
  ]);
  expect([defer, ...(defer?.args ?? [])].map((each) => each?.description)).not.toContain(undefined);
  // Code generators validate a client's operations with it.
  expect(validate(buildSchema(printSchema(schema)), parse(SEATS))).toEqual([]);
});

function withoutTypenames(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === '__typename' ? undefined : inner)),
  ) as unknown;
}
