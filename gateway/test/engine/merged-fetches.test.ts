import { expect, test, vi } from 'vitest';

import type { SubgraphRequest, SubgraphResponse } from '../../src/transports/subgraph-transport.ts';
import { ask, Federation, type Service } from './fixtures/federate.ts';
import { SHOP, TEST_QUERY } from './fixtures/shop.ts';

const subgraphsOf = ({ sent }: Federation): string[] => sent.map(({ subgraph }) => subgraph);

/** Inventory’s part of a product is asked for in two ways: with the key alone, and with what `@requires` selects. */
const STOCK_AND_SHIPPING = '{ me { reviews { product { inStock shippingEstimate } } } }';

function shopWith(name: string, respond: (request: SubgraphRequest) => SubgraphResponse | Promise<SubgraphResponse>) {
  return new Federation({ ...SHOP, [name]: { ...(SHOP[name] as Service), respond } });
}

test('TestQuery sends six requests for its sixteen fetches', async () => {
  const federation = new Federation(SHOP);
  await ask(await federation.engine(), TEST_QUERY);
  expect(subgraphsOf(federation)).toEqual(['accounts', 'products', 'reviews', 'accounts', 'products', 'inventory']);
});

test('a request has only the parts that ask for something', async () => {
  const federation = new Federation(SHOP);
  const engine = await federation.engine();
  expect(await ask(engine, STOCK_AND_SHIPPING)).toEqual({
    data: {
      me: { reviews: [50, 0].map((cost, index) => ({ product: { inStock: index === 0, shippingEstimate: cost } })) },
    },
  });
  const both = federation.sent.at(-1);
  expect(both?.variables).toEqual({
    entities0: [
      { __typename: 'Product', upc: 'p1' },
      { __typename: 'Product', upc: 'p2' },
    ],
    entities1: [
      { __typename: 'Product', price: 899, weight: 100, upc: 'p1' },
      { __typename: 'Product', price: 1299, weight: 1000, upc: 'p2' },
    ],
  });
  expect(JSON.parse(both?.body ?? '')).toMatchObject({ query: both?.query, variables: both?.variables });

  federation.down.add('products');
  expect(await ask(engine, STOCK_AND_SHIPPING)).toMatchObject({
    data: { me: { reviews: [true, false].map((inStock) => ({ product: { inStock, shippingEstimate: null } })) } },
  });
  expect(federation.sent.at(-1)?.variables).toEqual({
    representations: [
      { __typename: 'Product', upc: 'p1' },
      { __typename: 'Product', upc: 'p2' },
    ],
  });
});

test('an error in a part has the path of its field', async () => {
  const federation = shopWith('inventory', () => ({
    data: { entities0: [{ inStock: true }, null], entities1: [{ shippingEstimate: null }, { shippingEstimate: 0 }] },
    errors: [
      { message: 'No stock', path: ['entities0', 1], extensions: { code: 'FORBIDDEN' } },
      { message: 'No price', path: ['entities1', 0, 'shippingEstimate'], extensions: { code: 'NOT_FOUND' } },
    ],
  }));
  expect(await ask(await federation.engine(), STOCK_AND_SHIPPING)).toEqual({
    data: {
      me: {
        reviews: [
          { product: { inStock: true, shippingEstimate: null } },
          { product: { inStock: null, shippingEstimate: 0 } },
        ],
      },
    },
    errors: [
      { message: 'No stock', path: ['me', 'reviews', 1, 'product'], extensions: { code: 'FORBIDDEN' } },
      {
        message: 'No price',
        path: ['me', 'reviews', 0, 'product', 'shippingEstimate'],
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  });
});

const ONE_PRODUCT = '{ product(upc: "p1") { reviews { body } inStock } me { reviews { body } } }';

test('an error that takes the whole response has the path of each part', async () => {
  const federation = shopWith('reviews', () => ({
    data: null,
    errors: [{ message: 'Closed', path: ['entities1'], extensions: { code: 'FORBIDDEN' } }],
  }));
  const { data, errors } = await ask(await federation.engine(), ONE_PRODUCT);
  expect(data).toEqual({ product: { reviews: null, inStock: true }, me: { reviews: null } });
  expect(errors?.map(({ message, path }) => [message, path])).toEqual([
    ['Closed', ['product']],
    ['Closed', ['me']],
  ]);
});

test('a request that fails leaves an error at each part', async () => {
  const federation = new Federation(SHOP);
  federation.down.add('reviews');
  const { data, errors } = await ask(await federation.engine(), ONE_PRODUCT);
  expect(subgraphsOf(federation).filter((name) => name === 'reviews')).toHaveLength(1);
  expect(data).toEqual({ product: { reviews: null, inStock: true }, me: { reviews: null } });
  expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
    [['product'], { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'reviews' }],
    [['me'], { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'reviews' }],
  ]);
});

test('a slow subgraph does not hold up the fetches that do not need it', async () => {
  let answerAccounts = (): void => {};
  const accounts = new Promise<SubgraphResponse>((resolve) => {
    answerAccounts = () => resolve({ data: { me: { __typename: 'User', id: '1' } } });
  });
  const federation = new Federation({
    ...SHOP,
    accounts: { ...(SHOP['accounts'] as Service), respond: () => accounts },
    reviews: {
      ...(SHOP['reviews'] as Service),
      respond: ({ variables }) => {
        answerAccounts();
        const representations = variables['representations'] as unknown[];
        return { data: { _entities: representations.map(() => ({ reviews: [] })) } };
      },
    },
  });
  expect(await ask(await federation.engine(), ONE_PRODUCT)).toEqual({
    data: { product: { reviews: [], inStock: true }, me: { reviews: [] } },
  });
});

/** A client’s own names: of variables, and of fragments with another meaning in each subgraph’s part. */
test('the names of a client do not collide in a merged document', async () => {
  const things: Service = {
    typeDefs: `type Query { first: First second: Second }
      type First @key(fields: "id") { id: ID! } type Second @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { first: () => ({ id: 1 }), second: () => ({ id: 2 }) } },
  };
  const echo = (_: unknown, { text }: { text: string }): string => text;
  const named: Service = {
    typeDefs: `type Word { is(text: String): String and(text: String): String }
      type First @key(fields: "id") { id: ID! word: Word } type Second @key(fields: "id") { id: ID! word: Word }`,
    resolvers: {
      First: { word: () => ({}) },
      Second: { word: () => ({}) },
      Word: { is: echo, and: echo },
    },
  };
  const federation = new Federation({ things, named });
  const query = `query ($entities0: String, $m_entities: String) {
    first { word { ...W } a: word { ...W } } second { word { ...W } b: word { ...W } }
  } fragment W on Word { is(text: $entities0) and(text: $m_entities) }`;
  const word = { is: 'one', and: 'two' };
  const response = await ask(await federation.engine(), query, { variables: { entities0: 'one', m_entities: 'two' } });
  expect(response).toEqual({ data: { first: { word, a: word }, second: { word, b: word } } });
  expect(subgraphsOf(federation)).toEqual(['things', 'named']);
});

test('what a mutation reads is read before the next mutation', async () => {
  const counter = { count: 0 };
  const increment = () => ({ id: 1, count: ++counter.count });
  const federation = new Federation({
    first: {
      typeDefs: `type Query { ok: Boolean } type Mutation { one: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Mutation: { one: increment } },
    },
    second: {
      typeDefs: `type Mutation { two: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Mutation: { two: increment } },
    },
    counts: {
      typeDefs: `type Thing @key(fields: "id") { id: ID! seen: Int }`,
      resolvers: { Thing: { seen: () => counter.count } },
    },
  });
  expect(await ask(await federation.engine(), 'mutation { one { seen } two { seen } again: one { seen } }')).toEqual({
    data: { one: { seen: 1 }, two: { seen: 2 }, again: { seen: 3 } },
  });
});

test('a fetch that needs an entity of a waiting request has it sent', async () => {
  // Time stands still, so that nothing is sent because it has waited for long.
  vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
  let answerLate = (): void => {};
  const late = new Promise<void>((resolve) => (answerLate = resolve));
  const federation = new Federation({
    start: {
      typeDefs: `type Query { fast: A } type A @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { fast: () => ({ id: 'a' }) } },
    },
    late: {
      typeDefs: `type Query { slow: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { slow: () => late.then(() => ({ id: 't' })) } },
    },
    a: {
      typeDefs: `type A @key(fields: "id") { id: ID! thing: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: {
        A: {
          thing: () => {
            setTimeout(answerLate, 20);
            return { id: 't' };
          },
        },
      },
    },
    things: {
      typeDefs: `type Thing @key(fields: "id") { id: ID! part: Part } type Part @key(fields: "id") { id: ID! }
        type Unit @key(fields: "id") { id: ID! size: Int }`,
      resolvers: { Thing: { part: () => ({ id: 'p' }) }, Unit: { size: () => 7 } },
    },
    parts: {
      typeDefs: `type Part @key(fields: "id") { id: ID! unit: Unit } type Unit @key(fields: "id") { id: ID! }`,
      resolvers: { Part: { unit: () => ({ id: 'u' }) } },
    },
  });
  try {
    const query = '{ fast { thing { part { __typename id } } } slow { part { unit { size } } } }';
    expect(await ask(await federation.engine(), query)).toEqual({
      data: { fast: { thing: { part: { __typename: 'Part', id: 'p' } } }, slow: { part: { unit: { size: 7 } } } },
    });
    expect(subgraphsOf(federation)).toEqual(['start', 'late', 'a', 'things', 'parts', 'things']);
  } finally {
    vi.useRealTimers();
  }
});
