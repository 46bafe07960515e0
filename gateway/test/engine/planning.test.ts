import { expect, test } from 'vitest';

import { RequestRejectedError } from '../../src/operation/operation-request.ts';
import { ask, contextOf, Federation, prepare, type Service } from './fixtures/federate.ts';
import { SHOP } from './fixtures/shop.ts';

test.each([
  ['{ me { name }', 'GRAPHQL_PARSE_FAILED'],
  ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['query A { me { id } } query B { me { id } }', 'BAD_USER_INPUT'],
  ['fragment F on User { id }', 'BAD_USER_INPUT'],
  ['{ me { id } } { me { id } }', 'BAD_USER_INPUT'],
])('%s is rejected with %s', async (query, code) => {
  const engine = await new Federation(SHOP).engine();
  let rejection: unknown;
  try {
    await prepare(engine, query);
  } catch (error) {
    rejection = error;
  }
  expect(rejection).toBeInstanceOf(RequestRejectedError);
  expect((rejection as RequestRejectedError).errors[0]?.extensions?.['code']).toBe(code);
});

test.each(['{ near(x: 1e400) }', '{ near(price: -1e400) }', `{ near(price: ${'9'.repeat(400)}) }`])(
  'a number beyond a double is rejected where it stands: %s',
  async (query) => {
    const typeDefs = 'type Query { near(x: Float, price: Price): Int } scalar Price';
    const engine = await new Federation({ a: { typeDefs, resolvers: {} } }).engine();
    await expect(async () => prepare(engine, query)).rejects.toMatchObject({
      errors: [{ locations: [{ line: 1 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  },
);

test('an operation is selected by name', async () => {
  const engine = await new Federation(SHOP).engine();
  const query = 'query A { me { id } } query B { me { name } }';
  expect(await ask(engine, query, { operationName: 'B' })).toEqual({ data: { me: { name: 'Ada' } } });
});

test('mutation fields run in sequence, each completed by other subgraphs', async () => {
  const engine = await new Federation(SHOP).engine();
  const query = `mutation {
    a: setPrice(upc: "p1", price: 1) { price inStock }
    b: setPrice(upc: "p2", price: 2000) { price shippingEstimate }
  }`;
  expect(await ask(engine, query)).toEqual({
    data: { a: { price: 1, inStock: true }, b: { price: 2000, shippingEstimate: 0 } },
  });
});

test('the subgraph applies defaults of variables that the client does not send', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const query = 'query ($first: Int = 1) { topProducts(first: $first) { upc } }';
  expect(await ask(engine, query)).toEqual({ data: { topProducts: [{ upc: 'p1' }] } });
  expect(federation.sent[0]?.variables).toEqual({});
  expect(await ask(engine, query, { variables: { first: 2 } })).toEqual({
    data: { topProducts: [{ upc: 'p1' }, { upc: 'p2' }] },
  });
});

test('a request’s body equals its query and variables', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const query =
    'query Named($first: Int, $unused: String) { topProducts(first: $first) { inStock @skip(if: false) } me { id @include(if: true) } product(upc: "x") { upc } user(id: 1) { id } users { name } topAgain: topProducts(first: $first) { name } __typename }';
  await ask(engine, query.replace(', $unused: String', ''), { variables: { first: 1 } });
  expect(federation.sent.length).toBeGreaterThan(1);
  for (const { query: text, variables, body } of federation.sent) {
    expect(JSON.parse(body)).toMatchObject({ query: text, variables });
  }
});

test('introspection needs no subgraph', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const query = `query ($name: String!, $deep: Boolean!) {
    user: __type(name: $name) { name fields { name } }
    __schema { mutationType { name } }
    ... on Query @include(if: $deep) { __schema { queryType { name } } }
  }`;
  expect(await ask(engine, query, { variables: { name: 'User', deep: true } })).toEqual({
    data: {
      user: { name: 'User', fields: [{ name: 'id' }, { name: 'name' }, { name: 'username' }, { name: 'reviews' }] },
      __schema: { mutationType: { name: 'Mutation' }, queryType: { name: 'Query' } },
    },
  });
  expect(federation.sent).toEqual([]);
});

test('an inaccessible field cannot be selected, but the plan can use it', async () => {
  const services: Record<string, Service> = {
    a: {
      typeDefs: `type Query { thing: Thing } type Thing @key(fields: "hidden") { hidden: ID! @inaccessible name: String kind: Kind }
                 enum Kind { OPEN SECRET @inaccessible }`,
      resolvers: { Query: { thing: () => ({ hidden: 'h1', name: 'n', kind: 'SECRET' }) } },
    },
    b: {
      typeDefs: 'type Thing @key(fields: "hidden") { hidden: ID! more: String }',
      resolvers: { Thing: { more: ({ hidden }: { hidden: string }) => `more of ${hidden}` } },
    },
  };
  const engine = await new Federation(services).engine();
  expect(await ask(engine, '{ thing { name more } }')).toEqual({ data: { thing: { name: 'n', more: 'more of h1' } } });
  await expect(async () => prepare(engine, '{ thing { hidden } }')).rejects.toThrow(RequestRejectedError);
  const { data, errors } = await ask(engine, '{ thing { kind } }');
  expect(data).toEqual({ thing: { kind: null } });
  expect(JSON.stringify(errors)).not.toContain('SECRET');
});

test('a subscription’s plan is one upstream and the remaining fetches for each event', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  const prepared = await prepare(engine, 'subscription S { added: reviewAdded { body product { name } } }');
  const { subscription } = prepared;
  expect(subscription?.subgraph).toBe('reviews');
  const upstream = await subscription?.request({});
  expect(upstream?.query).toContain('reviewAdded');
  const event = { data: { added: { body: 'Nice', product: { __typename: 'Product', upc: 'p3' } } } };
  const hydrated = await subscription?.hydrate(event, {}, contextOf());
  expect(JSON.parse(hydrated?.body ?? '')).toEqual({ data: { added: { body: 'Nice', product: { name: 'Chair' } } } });
  const failed = await subscription?.hydrate(
    { data: null, errors: [{ message: 'x', path: ['added'] }] },
    {},
    contextOf(),
  );
  expect(JSON.parse(failed?.body ?? '')).toMatchObject({ data: { added: null }, errors: [{ path: ['added'] }] });
});

test('a subscription is not executed as a request', async () => {
  const engine = await new Federation(SHOP).engine();
  const { errors, data } = await ask(engine, 'subscription { reviewAdded { body } }');
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

test('the plan cache is bounded', async () => {
  const engine = await new Federation(SHOP).engine({ maxOperations: 2 });
  const first = await prepare(engine, '{ me { id } }');
  await prepare(engine, '{ me { name } }');
  expect(prepare(engine, '{ me { id } }')).toBe(first);
  await prepare(engine, '{ a: me { id } }');
  await prepare(engine, '{ b: me { id } }');
  expect(await prepare(engine, '{ me { id } }')).not.toBe(first);
});

test('operation names cannot collide in the cache', async () => {
  const services: Record<string, Service> = {
    a: {
      typeDefs: 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }',
      resolvers: { Query: { thing: () => ({ id: 't' }) } },
    },
    b: {
      typeDefs: 'type Thing @key(fields: "id") { id: ID! echo(text: String!): String }',
      resolvers: { Thing: { echo: ({ id }: { id: string }, { text }: { text: string }) => `${id} ${text}` } },
    },
  };
  const engine = await new Federation(services).engine();
  const query = 'query ($representations: String!) { thing { constructor: echo(text: $representations) } }';
  expect(await ask(engine, query, { variables: { representations: 'said' } })).toEqual({
    data: { thing: { constructor: 't said' } },
  });
});
